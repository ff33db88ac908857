import type { TrainingConfiguration } from '../configuration/training-configuration.js';
import type { Simulation } from '../simulation/simulation.js';

/** Allowance for claiming the job and saving the model; milliseconds. */
const OVERHEAD_MS = 300;
const LONGEST_PHASE_MS = 250;

export interface TimedRun {
  /** Resolved: defaults filled in. */
  hyperparameters: Readonly<Record<string, unknown>>;
  configuration: TrainingConfiguration;
  simulation?: Simulation;
}

/** Epochs of a run that nothing stops early: rounds or trees for tree models. */
export function totalEpochs(hyperparameters: Readonly<Record<string, unknown>>): number {
  return hyperparameters.epochs as number;
}

/** Milliseconds one epoch takes: what the run asks for, or else the engine's default for each fold. */
export function epochDuration(run: Omit<TimedRun, 'hyperparameters'>, defaultEpochMs: number): number {
  return run.simulation?.epochMs ?? defaultEpochMs * (run.configuration.crossValidationFolds ?? 1);
}

/** Milliseconds of each phase after the last epoch. */
export function phaseDuration(epochMs: number): number {
  return Math.min(LONGEST_PHASE_MS, epochMs / 2);
}

/** Expected milliseconds from claim to completion, without early stopping and with no wait for a worker. */
export function estimateDuration(run: TimedRun, defaultEpochMs: number): number {
  const epochMs = epochDuration(run, defaultEpochMs);
  return Math.round(totalEpochs(run.hyperparameters) * epochMs + 2 * phaseDuration(epochMs) + OVERHEAD_MS);
}
