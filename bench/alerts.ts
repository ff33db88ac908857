import { DatasetType } from '../src/modules/datasets/dataset-type.js';
import { DEFAULT_ALERTS } from '../src/modules/jobs/alerting/alert-settings.js';
import { incompatibility } from '../src/modules/jobs/hyperparameters/compatibility.js';
import { ModelType } from '../src/modules/jobs/model-type.js';
import { FaultKind } from '../src/modules/jobs/simulation/simulation.js';
import { seedOf } from '../src/modules/jobs/simulation/seed-of.js';
import type { PartialConfiguration } from '../src/modules/jobs/configuration/resolve-configuration.js';
import { ValidationStrategy } from '../src/modules/jobs/configuration/training-configuration.js';
import { exampleSpec, fastSimulator } from '../src/modules/training/simulator/simulator.arbitrary.js';
import { taskOf } from '../src/modules/training/simulator/task.js';
import type { TrainingSpec } from '../src/modules/training/trainer.js';
import type { Point } from '../src/modules/training/watch/point.js';
import { type Transition, transitionsOf } from '../src/modules/training/watch/series-watch.js';

/**
 * `npm run bench -- alerts [first seed] [seeds]`: how often detectors cry wolf over healthy runs of every kind, and how many
 * epochs after a fault they notice it. Detectors were tuned on seeds below 100,000.
 */
const FIRST_SEED = Number(process.argv[2] ?? 1_000_000);
const SEEDS = Number(process.argv[3] ?? 5);
const SIZES = [300, 2_000, 10_000, 200_000];
const EPOCHS = [20, 100, 400];
/** Each run of a setting has one of these. */
const ANY_SIZE = [200, 500, 2_000, 10_000, 100_000, 1_000_000];
const ANY_EPOCHS = [5, 10, 20, 50, 100, 200, 400, 1_000];
/** Healthy runs of a setting, times the seeds. */
const RUNS = 50;
const FAULT_EPOCHS = [2, 10, 20, 40];
const FAULTS: [FaultKind, string][] = [
  [FaultKind.Diverge, 'divergence'],
  [FaultKind.Plateau, 'plateau'],
  [FaultKind.Overfit, 'overfitting'],
  [FaultKind.AccuracyDrop, 'accuracy_drop'],
];

const { LinearRegression, RandomForest, Xgboost, Transformer, NeuralNetwork, Cnn, Lstm } = ModelType;
const NEURAL = [NeuralNetwork, Cnn, Lstm, Transformer];
const GRADIENT = [LinearRegression, ...NEURAL];

/** What people set, within reason; a transformer wants a fifth of the others' learning rates. */
type Setting = [modelTypes: readonly ModelType[], Record<string, unknown>, PartialConfiguration?];
const SETTINGS: Setting[] = [
  [Object.values(ModelType), {}],
  [Object.values(ModelType), {}, { validationStrategy: ValidationStrategy.KFold }],
  [Object.values(ModelType), {}, { preprocessing: { normalization: false } }],
  ...[8, 128, 512].map((batchSize): Setting => [GRADIENT, { batchSize }]),
  ...['step', 'exponential', 'cosine'].map((learningRateSchedule): Setting => [GRADIENT, { learningRateSchedule }]),
  [NEURAL, { learningRateSchedule: 'cosine', warmupEpochs: 5 }],
  [NEURAL, { warmupEpochs: 5 }],
  ...[0.0001, 0.0003, 0.003].map((learningRate): Setting => [[NeuralNetwork, Cnn, Lstm], { learningRate }]),
  [[NeuralNetwork, Cnn, Lstm], { optimizer: 'sgd', learningRate: 0.01 }],
  [[Transformer], { learningRate: 0.00005 }],
  ...[0.1, 0.4].map((dropout): Setting => [NEURAL, { dropout }]),
  [NEURAL, { weightDecay: 0.01 }],
  [[NeuralNetwork], { hiddenLayers: [512, 256], activation: 'tanh' }],
  ...[0.001, 0.1].map((learningRate): Setting => [[LinearRegression], { learningRate }]),
  ...[0.01, 0.05, 0.3].map((learningRate): Setting => [[Xgboost], { learningRate }]),
  [[Xgboost], { maxDepth: 8, subsample: 0.8, colsampleBytree: 0.8 }],
  [[RandomForest], { maxDepth: 8, minSamplesLeaf: 5 }],
];

const simulator = fastSimulator();

async function seriesOf(spec: TrainingSpec): Promise<Point[]> {
  const points: Point[] = [];
  for await (const report of simulator.train(simulator.plan(spec), null, new AbortController().signal)) {
    if (report.kind !== 'epoch') continue;
    const { epoch, loss, validationLoss, accuracy = null, learningRate } = report;
    points.push({ epoch, loss, validationLoss, accuracy, learningRate, durationMs: null });
  }
  return points;
}

const watched = (points: Point[]): Transition[] =>
  transitionsOf(DEFAULT_ALERTS, { epochMs: 0 }, points).filter(({ change }) => change === 'fired');

function* specs(modelType: ModelType, faults: TrainingSpec['simulation'] = {}): Generator<TrainingSpec> {
  for (const type of Object.values(DatasetType)) {
    if (incompatibility(type, modelType)) continue;
    for (const size of SIZES) {
      for (const epochs of EPOCHS) {
        for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
          yield exampleSpec({
            ...{ modelType, seed, simulation: { epochMs: 0, ...faults } },
            dataset: { type, size },
            hyperparameters: { epochs },
          });
        }
      }
    }
  }
}

const middle = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? NaN;

for (const modelType of Object.values(ModelType)) {
  const alarms = new Map<string, number>();
  const first: string[] = [];
  let runs = 0;
  for (const spec of specs(modelType)) {
    runs += 1;
    for (const { rule, epoch, detail } of watched(await seriesOf(spec))) {
      alarms.set(rule, (alarms.get(rule) ?? 0) + 1);
      if (first.length < 3)
        first.push(`  ${rule} in epoch ${epoch} of ${spec.dataset.type} ${spec.dataset.size}: ${detail}`);
    }
  }
  console.log(`${modelType}: ${runs} healthy runs, false alarms ${JSON.stringify(Object.fromEntries(alarms))}`);
  first.forEach((line) => console.log(line));
  for (const [kind, rule] of FAULTS) {
    for (const atEpoch of FAULT_EPOCHS) {
      const delays: number[] = [];
      let all = 0;
      for (const spec of specs(modelType, { faults: [{ kind, atEpoch }] })) {
        if ((spec.hyperparameters.epochs as number) < atEpoch + 40) continue;
        if (kind === FaultKind.AccuracyDrop && taskOf(spec.dataset).classes === 0) continue;
        all += 1;
        const fired = watched(await seriesOf(spec)).find((transition) => transition.rule === rule);
        if (fired) delays.push(fired.epoch - atEpoch);
      }
      const after = `, after ${middle(delays)} epochs (median), ${Math.max(...delays)} at most`;
      console.log(`  ${kind} at ${atEpoch}: ${delays.length} of ${all} noticed${delays.length > 0 ? after : ''}`);
    }
  }
}

const drawn = <T>(list: readonly T[], lot: string): T => list[seedOf(lot) % list.length]!;

/** Runs of a setting, over the kinds of data that go with its model types. */
function* specsOf([modelTypes, hyperparameters, configuration]: Setting): Generator<TrainingSpec> {
  const pairs = modelTypes.flatMap((modelType) =>
    Object.values(DatasetType)
      .filter((type) => !incompatibility(type, modelType))
      .map((type) => ({ modelType, type })),
  );
  for (let run = 0; run < SEEDS * RUNS; run++) {
    const seed = FIRST_SEED + run;
    const { modelType, type } = pairs[run % pairs.length]!;
    const size = drawn(ANY_SIZE, `size ${seed}`);
    const epochs = drawn(ANY_EPOCHS, `epochs ${seed}`);
    const warmupEpochs = hyperparameters.warmupEpochs as number | undefined;
    yield exampleSpec({
      ...{ modelType, seed, dataset: { type, size } },
      ...{ configuration, simulation: { epochMs: 0 } },
      hyperparameters: {
        ...{ epochs, ...hyperparameters },
        ...(warmupEpochs && { warmupEpochs: Math.min(warmupEpochs, epochs) }),
      },
    });
  }
}

let healthy = 0;
let alarmed = 0;
for (const setting of SETTINGS) {
  const alarms: string[] = [];
  let [plateaus, noticed] = [0, 0];
  for (const spec of specsOf(setting)) {
    healthy += 1;
    const fired = watched(await seriesOf(spec));
    if (fired.length > 0) alarmed += 1;
    for (const { rule, epoch } of fired) {
      alarms.push(`${rule} in epoch ${epoch} of ${spec.modelType} on ${spec.dataset.size} rows, seed ${spec.seed}`);
    }
    const atEpoch = 20;
    if ((spec.hyperparameters.epochs as number) < atEpoch + 40) continue;
    const stuck = { ...spec, simulation: { epochMs: 0, faults: [{ kind: FaultKind.Plateau, atEpoch }] } };
    plateaus += 1;
    if (watched(await seriesOf(stuck)).some(({ rule, epoch }) => rule === 'plateau' && epoch >= atEpoch)) noticed += 1;
  }
  const [modelTypes, hyperparameters, configuration = {}] = setting;
  console.log(`${modelTypes.length} model types, ${JSON.stringify({ ...hyperparameters, ...configuration })}:`);
  console.log(`  ${alarms.length} false alarms; a plateau at 20: ${noticed} of ${plateaus} noticed`);
  alarms.slice(0, 3).forEach((line) => console.log(`  ${line}`));
}
console.log(`${alarmed} of ${healthy} healthy runs with settings of their own raised an alert`);
