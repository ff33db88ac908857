import type { MeasuredName } from '../../jobs/metrics.js';
import type { Labels } from '../labels.js';
import type { VersionStatus } from '../version-state.js';

/** The version that a model was found by: the best by the metric of the order, or else the newest that meets it all. */
export interface MatchedVersion {
  id: string;
  /** Null until its job completes. */
  version: string | null;
  status: VersionStatus;
  /** Of the order; absent in the default order, and where the version has no such measurement. */
  metric?: MeasuredName;
  value?: number;
}

/** A model with what its versions add up to. */
export interface ModelSummary {
  id: string;
  labels: Labels;
  latestVersion: string | null;
  deployedVersion: string | null;
  /** Numbered ones. */
  versions: number;
  createdAt: Date;
  updatedAt: Date;
  /** How many versions are in which status; of a model that was asked for by its id. */
  statuses?: Partial<Record<VersionStatus, number>>;
  /** Of lists that ask something of versions. */
  matched?: MatchedVersion;
}
