import type { Chance } from '../chance.js';
import type { Capabilities } from './capabilities.js';
import { MENDED, planDatasets, type DatasetPlan } from './plan-datasets.js';
import { planSimulation } from './plan-simulation.js';

/** Many jobs a model, so that version numbers are given side by side. */
const MODELS = ['churn', 'fraud', 'demand', 'ranking', 'triage'];
const MODEL_TYPES = ['neural_network', 'linear_regression', 'xgboost', 'random_forest', 'transformer', 'lstm'];

export type StartStyle = 'once' | 'twice-at-once' | 'repeated' | 'never';

export interface Intervention {
  kind: 'cancel' | 'pause';
  /** Milliseconds after the start was answered. */
  afterMs: number;
  /** Asked of every API at the same moment. */
  everywhere: boolean;
  /** Milliseconds until a pause is ended; without it the harness ends it when the faults have stopped. */
  resumeAfterMs?: number;
}

/** What clients do with versions. */
export type Afterwards = 'deploy' | 'rollback' | 'verify';

export interface JobPlan {
  /** Also the job's name. */
  key: string;
  /** When it arrives: 0 with the first fault, 1 with the last. */
  arrival: number;
  dataset: string;
  body: Record<string, unknown>;
  start: StartStyle;
  interventions: Intervention[];
  /** The codes with which it may fail, because it asks for it. */
  mayFailWith: string[];
  /** Jobs of one name learn the same: equal seed, settings and dataset. */
  twin?: string;
  /** What is done with its version once it is there. */
  afterwards: Afterwards[];
  /** How it is tried again once it has failed or was cancelled. */
  retry?: 'start' | 'checkpoint';
}

export interface LoadPlan {
  datasets: DatasetPlan[];
  jobs: JobPlan[];
}

/** Everything that clients will ask for, drawn before anything happens. */
export function planLoad(chance: Chance, jobs: number, capabilities: Capabilities): LoadPlan {
  const datasets = planDatasets(chance.fork('datasets'));
  const singles = Array.from({ length: jobs }, (_, index) => planJob(chance.fork(`job-${index}`), index, capabilities));
  const twins = Math.floor(jobs / 16);
  // The second of a pair takes over all that is learnt from.
  for (let pair = 0; pair < twins; pair++) pairUp(singles[2 * pair]!, singles[2 * pair + 1]!, `twins-${pair}`);
  return { datasets, jobs: singles.sort((a, b) => a.arrival - b.arrival) };
}

function planJob(chance: Chance, index: number, capabilities: Capabilities): JobPlan {
  const key = `job-${index}`;
  const epochs = chance.int(1, 60);
  const simulation = planSimulation(chance, epochs, capabilities);
  const dataset = chance.yes(0.04) ? 'broken' : chance.yes(0.06) ? MENDED : `dataset-${chance.int(0, 9)}`;
  const earlyStopping = chance.yes(0.2) ? { earlyStopping: { enabled: true, patience: chance.int(2, 8) } } : {};
  const drawn = chance.yes(0.3) ? chance.int(2, 6) : undefined;
  const attempts = capabilities.maxAttempts ? (simulation.maxAttempts ?? drawn) : undefined;
  const maxAttempts = attempts ? { maxAttempts: attempts } : {};
  const maxDuration = capabilities.maxDuration && chance.yes(0.04) ? { maxDurationMs: chance.int(1_000, 4_000) } : {};
  const configuration = { ...earlyStopping, ...maxAttempts, ...maxDuration };
  const mayFailWith = [...simulation.mayFailWith];
  if (!dataset.startsWith('dataset-')) mayFailWith.push('dataset_error');
  if ('maxDurationMs' in maxDuration) mayFailWith.push('timed_out');
  const planned = interventions(chance, simulation.expectedMs, capabilities);
  const staysPaused = planned.some(({ kind, resumeAfterMs }) => kind === 'pause' && resumeAfterMs === undefined);
  const endsEarly = (mayFailWith.length > 0 || planned.some(({ kind }) => kind === 'cancel')) && !staysPaused;
  return {
    key,
    arrival: chance.real(0, 1),
    dataset,
    body: {
      name: key,
      modelId: chance.pick(MODELS),
      modelType: chance.pick(MODEL_TYPES),
      hyperparameters: { [epochsOf]: epochs },
      configuration,
      simulation: simulation.body,
      ...(capabilities.priority && chance.yes(0.3) ? { priority: chance.int(-100, 100) } : {}),
    },
    start: startStyle(chance),
    interventions: planned,
    mayFailWith,
    afterwards: capabilities.registry ? afterwards(chance) : [],
    ...(capabilities.retry && endsEarly && chance.yes(0.6)
      ? { retry: chance.pick(['start', 'checkpoint'] as const) }
      : {}),
  };
}

/** Every model type understands it; tree models take it for rounds or trees. */
const epochsOf = 'epochs';

function startStyle(chance: Chance): StartStyle {
  const draw = chance.real(0, 1);
  if (draw < 0.75) return 'once';
  if (draw < 0.88) return 'twice-at-once';
  return draw < 0.97 ? 'repeated' : 'never';
}

function interventions(chance: Chance, expectedMs: number, { pause }: Capabilities): Intervention[] {
  const all: Intervention[] = [];
  const moment = () => chance.int(0, 1.2 * expectedMs + 200);
  if (pause && chance.yes(0.15)) {
    const resumeAfterMs = chance.yes(0.8) ? { resumeAfterMs: chance.int(0, 3_000) } : {};
    all.push({ kind: 'pause', afterMs: moment(), everywhere: chance.yes(0.2), ...resumeAfterMs });
  }
  if (chance.yes(0.15)) all.push({ kind: 'cancel', afterMs: moment(), everywhere: chance.yes(0.4) });
  return all;
}

function afterwards(chance: Chance): Afterwards[] {
  const deploys = chance.yes(0.4);
  return [
    ...(chance.yes(0.2) ? (['verify'] as const) : []),
    ...(deploys ? (['deploy'] as const) : []),
    ...(deploys && chance.yes(0.25) ? (['rollback'] as const) : []),
  ];
}

/** One learns what the other learns, at another speed; neither is told to misbehave. */
function pairUp(first: JobPlan, second: JobPlan, twin: string): void {
  const dataset = 'dataset-0';
  const seed = (first.body.simulation as { seed: number }).seed;
  const { modelType, hyperparameters } = first.body;
  const { earlyStopping } = first.body.configuration as { earlyStopping?: unknown };
  const configuration = earlyStopping ? { earlyStopping } : {};
  for (const [plan, epochMs] of [
    [first, 80],
    [second, 25],
  ] as const) {
    const body = { ...plan.body, modelType, hyperparameters, configuration, simulation: { seed, epochMs } };
    Object.assign(plan, { twin, dataset, body, mayFailWith: [], interventions: [], start: 'once', retry: undefined });
  }
}
