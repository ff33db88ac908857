import type { Condition } from '../../../errors/domain.error.js';
import type { MeasuredName } from '../../jobs/metrics.js';

/** Bounds, both included, in the metric's own unit. */
export interface MetricBound {
  metric: MeasuredName;
  min?: number;
  max?: number;
}

/** No worse than the version that is deployed by more than `by`, in the metric's own unit. */
export interface MetricLoss {
  metric: MeasuredName;
  by: number;
}

/** What a version must meet to be deployed; what is absent is not asked for. */
export interface DeploymentPolicy {
  metrics?: MetricBound[];
  noWorse?: MetricLoss[];
  /** The dataset that it was trained on is still ready. */
  datasetReady?: boolean;
  /** A verification has trained it again and found the same. */
  reproducible?: boolean;
  /** Least rows (images: files) of its dataset. */
  minimumDataSize?: number;
}

/** A condition held against a version. */
export interface AssessedCondition extends Condition {
  condition: 'metric_bound' | 'no_worse' | 'dataset_ready' | 'reproducible' | 'minimum_data_size' | 'artifact_intact';
  metric?: MeasuredName;
}
