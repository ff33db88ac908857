import type { DatasetType } from '../datasets/dataset-type.js';
import type { AlertSettings } from '../jobs/alerting/alert-settings.js';
import type { TrainingConfiguration } from '../jobs/configuration/training-configuration.js';
import type { ModelType } from '../jobs/model-type.js';
import type { Simulation } from '../jobs/simulation/simulation.js';
import type { RunTrace } from './run-trace.js';
import type { Checkpoint, TrainingSpec } from './trainer.js';

/** A claimed job: this process may write for it while the row's attempt is still `attempt`. */
export interface Run {
  id: string;
  modelId: string;
  /** The version that a verification trains again; null: the run makes one. */
  verifies: string | null;
  /** The failed or cancelled job that this one tries again. */
  retryOf: string | null;
  /** What is watched for; null: the defaults. */
  alertSettings: AlertSettings | null;
  /** Fencing token. */
  attempt: number;
  requestId: string | null;
  /** The trace that the job was started in, where it was traced. */
  traceParent: string | null;
  /** Of this attempt, where it is traced. */
  trace?: RunTrace | undefined;
  /** Milliseconds until the job's deadline, as it is claimed; null without one. */
  msLeft: number | null;
  /** Its last attempt lost its worker, and one more such loss without a new epoch would end the job. */
  lastChance: boolean;
  totalEpochs: number;
  currentEpoch: number;
  checkpoint: Checkpoint | null;
  modelType: ModelType;
  hyperparameters: Record<string, unknown>;
  configuration: TrainingConfiguration;
  simulation: Simulation | null;
  seed: number;
  datasetType: DatasetType;
  datasetSize: number | null;
  features: string[] | null;
  targetColumn: string | null;
  /** Null where the content was not looked into, or has no classes. */
  classes: { value: string; share: number }[] | null;
  datasetSha256: string | null;
}

export function specOf(run: Run): TrainingSpec {
  return {
    modelType: run.modelType,
    dataset: {
      type: run.datasetType,
      size: run.datasetSize ?? 0,
      features: run.features ?? [],
      ...(run.targetColumn === null ? {} : { targetColumn: run.targetColumn }),
      ...(run.classes === null ? {} : { classes: run.classes.map(({ value, share }) => ({ value, share })) }),
      ...(run.datasetSha256 === null ? {} : { sha256: run.datasetSha256 }),
    },
    hyperparameters: run.hyperparameters,
    configuration: run.configuration,
    seed: run.seed,
    ...(run.simulation === null ? {} : { simulation: run.simulation }),
    attempt: run.attempt,
  };
}
