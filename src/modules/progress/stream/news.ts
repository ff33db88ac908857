import type { AlertState } from '../../alerts/alert-state.js';
import type { Alert } from '../../alerts/alert.entity.js';
import type { JobEvent } from '../../jobs/job-event.entity.js';
import type { Job } from '../../jobs/job.entity.js';
import type { Position } from './position.js';

/** An epoch as the history has it. */
export interface Epoch {
  epoch: number;
  attempt: number;
  loss: number;
  validationLoss: number;
  accuracy: number | null;
  learningRate: number;
  estimatedTimeRemaining: number;
  /** ISO 8601, UTC. */
  at: string;
}

/** Rows come as JSON: their times are texts. */
type Timeless<T, K extends keyof T> = Omit<T, K> & Record<K, string>;

export type EventRow = Timeless<Omit<JobEvent, 'id' | 'job' | 'jobId' | 'tenantId' | 'transaction'>, 'at'>;

/** A change of an alert, and the alert as it is now. */
export interface AlertChangeRow {
  number: number;
  at: string;
  state: AlertState;
  alert: Pick<Alert, 'id' | 'rule' | 'kind' | 'action' | 'attempt' | 'epoch' | 'detail' | 'observed' | 'bound'>;
}

/** The job's row as streams look at it. */
export type JobRow = Pick<
  Job,
  'status' | 'phase' | 'currentEpoch' | 'totalEpochs' | 'currentBatch' | 'totalBatches' | 'error' | 'errorCode'
> & {
  events: number;
  alertChanges: number;
  version: string | null;
  estimatedTimeRemaining: number | null;
  estimatedLow: number | null;
  estimatedHigh: number | null;
  /** ISO 8601, UTC. */
  reportedAt: string | null;
  completedAt: string | null;
};

/** What a job's rows have that a reader does not, oldest first, of each sort at most as many as were asked for. */
export interface News {
  job: JobRow;
  epochs: Epoch[];
  events: EventRow[];
  alerts: AlertChangeRow[];
}

/** Where a reader stands who has everything. */
export const endOf = (job: Pick<JobRow, 'currentEpoch' | 'events' | 'alertChanges'>): Position => ({
  epoch: job.currentEpoch,
  event: job.events,
  alert: job.alertChanges,
  done: false,
});

/** Whether a reader at this position has everything that the row counts. */
export function hasAll({ epoch, event, alert }: Position, job: JobRow): boolean {
  return epoch >= job.currentEpoch && event >= job.events && alert >= job.alertChanges;
}
