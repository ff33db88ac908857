import type { TrainingConfiguration } from '../../jobs/configuration/training-configuration.js';
import type { Checkpoint } from '../trainer.js';
import { TrainingFailedError } from '../training.errors.js';

/** What was measured in an epoch, as it was reported. */
export type Measurement = {
  epoch: number;
  loss: number;
  validationLoss: number;
  accuracy?: number;
  learningRate: number;
};

/** All a run has to remember; the simulator's checkpoint. Everything else is computed from the spec again. */
export type RunState = {
  last: Measurement;
  /** The epoch that early stopping would keep. */
  best: Measurement;
  /** Epochs since the best one. */
  waited: number;
};

type EarlyStopping = TrainingConfiguration['earlyStopping'];

/** An epoch counts as better when its validation loss is lower by more than `minDelta` (as in Keras). */
export function advanced(state: RunState | null, measured: Measurement, { minDelta }: EarlyStopping): RunState {
  const better = !state || measured.validationLoss < state.best.validationLoss - minDelta;
  return better
    ? { last: measured, best: measured, waited: 0 }
    : { last: measured, best: state.best, waited: state.waited + 1 };
}

export function isFinished(state: RunState | null, totalEpochs: number, { enabled, patience }: EarlyStopping): boolean {
  return state !== null && (state.last.epoch >= totalEpochs || (enabled && state.waited >= patience));
}

/** The epoch whose weights the model has: the best one with early stopping, else the last. */
export function kept(state: RunState, { enabled }: EarlyStopping): Measurement {
  return enabled ? state.best : state.last;
}

export function restored(checkpoint: Checkpoint | null): RunState | null {
  if (checkpoint === null) return null;
  const { last, best, waited } = checkpoint as Partial<RunState>;
  if (!isMeasurement(last) || !isMeasurement(best) || !Number.isSafeInteger(waited)) {
    throw new TrainingFailedError('unusable_checkpoint', 'The checkpoint is not one of the simulator.');
  }
  return { last, best, waited: waited! };
}

function isMeasurement(value: unknown): value is Measurement {
  const measurement = value as Measurement | undefined | null;
  return (
    Number.isSafeInteger(measurement?.epoch) &&
    Number.isFinite(measurement?.loss) &&
    Number.isFinite(measurement?.validationLoss)
  );
}
