import type { DatasetType } from '../datasets/dataset-type.js';
import type { TrainingConfiguration } from '../jobs/configuration/training-configuration.js';
import type { JobPhase } from '../jobs/job-state.js';
import type { Metrics, Performance } from '../jobs/metrics.js';
import type { ModelType } from '../jobs/model-type.js';
import type { Simulation } from '../jobs/simulation/simulation.js';

/** What is known of the data; `classes` and `sha256` of uploads alone. */
export interface TrainingData {
  type: DatasetType;
  /** Rows (images: files). */
  size: number;
  features: readonly string[];
  targetColumn?: string;
  /** Of the target, the most frequent first; shares add up to 1. */
  classes?: readonly { value: string; share: number }[];
  /** Of the content, hexadecimal. */
  sha256?: string;
}

/** Everything a run is a function of. */
export interface TrainingSpec {
  modelType: ModelType;
  dataset: TrainingData;
  /** Validated, defaults filled in. */
  hyperparameters: Readonly<Record<string, unknown>>;
  configuration: TrainingConfiguration;
  /** 0 to 2³²−1. */
  seed: number;
  simulation?: Simulation;
  /** Which try of the run this is, from 1. May decide whether a fault strikes, never what is learnt. */
  attempt: number;
}

export interface TrainingPlan {
  spec: TrainingSpec;
  totalEpochs: number;
  /** Batches in one epoch. */
  totalBatches: number;
  /** Expected length of one epoch, milliseconds. */
  epochMs: number;
}

/** Opaque to the platform, JSON; all an engine needs to go on after the epoch it was reported with. */
export type Checkpoint = Readonly<Record<string, unknown>>;

/** An epoch has been trained. Numbers are finite; epochs count from 1 without a gap. */
export interface EpochReport {
  kind: 'epoch';
  epoch: number;
  loss: number;
  validationLoss: number;
  /** Fraction, 0–1; absent where the dataset's type has no accuracy. */
  accuracy?: number;
  learningRate: number;
  checkpoint: Checkpoint;
}

/** Where a long epoch stands: `batch` of the plan's `totalBatches` in `epoch`. Changes the job row alone. */
export interface BatchReport {
  kind: 'batch';
  epoch: number;
  batch: number;
}

/** What follows the last epoch: `evaluating`, then `measuring`. */
export interface PhaseReport {
  kind: 'phase';
  phase: JobPhase.Evaluating | JobPhase.Measuring;
}

export type TrainingReport = EpochReport | BatchReport | PhaseReport;

export interface TrainedModel {
  metrics: Metrics;
  performance: Performance;
  /** The model file: self-describing, without time, job id or attempt, so that equal runs give equal bytes. */
  artefact: Uint8Array;
}

/**
 * The port through which engines plug in; also its DI token. Every engine passes the contract suite beside it.
 * What is reported is a function of the spec alone, so that a run resumed after any epoch continues identically.
 */
export abstract class Trainer {
  /** Totals and expected duration; throws InvalidHyperparametersError with one entry a field. */
  abstract plan(spec: TrainingSpec): TrainingPlan;

  /**
   * Yields a report an epoch (and inside long ones) and returns the trained model. Continues after `from`, the
   * checkpoint of the last persisted epoch; from the final one it yields no epoch more. Once `signal` is aborted it
   * throws the signal's reason without further reports, within milliseconds.
   */
  abstract train(
    plan: TrainingPlan,
    from: Checkpoint | null,
    signal: AbortSignal,
  ): AsyncGenerator<TrainingReport, TrainedModel>;
}
