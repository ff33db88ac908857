import type { JobKind } from '../../jobs/job-kind.js';
import type { JobStatus } from '../../jobs/job-state.js';
import type { Measures } from '../../jobs/metrics.js';
import type { ModelType } from '../../jobs/model-type.js';

/** A run that is compared with others, as far as that goes. */
export interface Subject {
  jobId: string;
  kind: JobKind;
  modelId: string;
  /** Of a verification, the one that it trains again; null until the job completes. */
  version: string | null;
  modelType: ModelType;
  status: JobStatus;
  begun: boolean;
  seed: number;
  hyperparameters: Record<string, unknown>;
  /** Limits of the run included. */
  configuration: Record<string, unknown>;
  simulation: Record<string, unknown> | null;
  metrics: Measures | null;
  dataset: SubjectData;
}

/** What a run learned from. */
export interface SubjectData {
  id: string;
  type: string;
  /** Of the content; null for data held elsewhere. */
  sha256: string | null;
  size: number | null;
  features: string[] | null;
  targetColumn: string | null;
}
