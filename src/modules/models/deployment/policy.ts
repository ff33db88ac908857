import type { MeasuredName } from '../../jobs/metrics.js';

/** What a version must meet to be deployed; what is absent is not asked for. */
export interface DeploymentPolicy {
  /** Bounds, both included. */
  metrics?: { metric: MeasuredName; min?: number; max?: number }[];
  /** No worse than the version that is deployed by more than `by`, in the metric's own unit. */
  noWorse?: { metric: MeasuredName; by: number }[];
  /** The dataset that it was trained on is still ready. */
  datasetReady?: boolean;
  /** A verification has trained it again and found the same. */
  reproducible?: boolean;
  /** Least rows (images: files) of its dataset. */
  minimumDataSize?: number;
}

/** A condition held against a version. */
export interface AssessedCondition {
  condition: 'metric_bound' | 'no_worse' | 'dataset_ready' | 'reproducible' | 'minimum_data_size' | 'artifact_intact';
  met: boolean;
  /** In a sentence, with its figures. */
  detail: string;
  metric?: MeasuredName;
  /** What the version has. */
  actual?: number | string | boolean;
  /** What it would need. */
  wanted?: Readonly<Record<string, number | string | boolean>>;
}
