import type { MeasuredName } from '../../jobs/metrics.js';
import type { ModelType } from '../../jobs/model-type.js';
import type { Labels } from '../labels.js';
import type { VersionStatus } from '../version-state.js';

/** Both ends included; a version without the metric is outside. */
export interface MetricFilter {
  metric: MeasuredName;
  gte?: number;
  lte?: number;
}

export interface MetricOrder {
  metric: MeasuredName;
  descending: boolean;
}

/** What a version must meet, all of it at once; what is absent is not asked for. */
export interface Conditions {
  /** Any of them, of the job that trained it. */
  modelType?: ModelType[];
  /** Any of them. */
  status?: VersionStatus[];
  bounds?: MetricFilter[];
  /** Any of the lists; of a list all of the labels, each an object with one entry. */
  labels?: Labels[][];
  /** Absent: the list's own order. */
  sort?: MetricOrder;
}

/** Whether anything at all is asked of a version. */
export function asksForVersions({ modelType, status, bounds, labels, sort }: Conditions): boolean {
  return [modelType, status, bounds, labels, sort].some((condition) => condition !== undefined);
}
