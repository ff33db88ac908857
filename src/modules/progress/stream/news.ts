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

/** Something to tell, and where whoever was told stands. */
export interface Item {
  kind: 'progress' | 'phase' | 'alert';
  row: Epoch | EventRow | AlertChangeRow;
  position: Position;
}

/** Of two with the same time the one with the lower rank is told first. */
const SOURCES = [
  { kind: 'phase', rows: ({ events }: News) => events, step: (at: Position, n: number) => ({ ...at, event: n }) },
  { kind: 'progress', rows: ({ epochs }: News) => epochs, step: (at: Position, n: number) => ({ ...at, epoch: n }) },
  { kind: 'alert', rows: ({ alerts }: News) => alerts, step: (at: Position, n: number) => ({ ...at, alert: n }) },
] as const;

/**
 * The news in the order of their times, each sort in its own order whatever clocks said. A sort that was cut off at
 * `limit` rows holds the others back: what follows it is not known yet.
 */
export function* inOrder(news: News, from: Position, limit: number): Generator<Item> {
  let position = from;
  const queues = SOURCES.map((source) => ({ ...source, rows: [...source.rows(news)], next: 0 }));
  for (;;) {
    let first: (typeof queues)[number] | undefined;
    for (const queue of queues) {
      const row = queue.rows[queue.next];
      if (!row) {
        if (queue.rows.length >= limit) return;
        continue;
      }
      if (!first || row.at < first.rows[first.next]!.at) first = queue;
    }
    if (!first) return;
    const row = first.rows[first.next++]!;
    position = first.step(position, 'epoch' in row && first.kind === 'progress' ? row.epoch : (row as EventRow).number);
    yield { kind: first.kind, row, position };
  }
}

/** Whether a reader at this position has everything that the row counts. */
export function hasAll({ epoch, event, alert }: Position, job: JobRow): boolean {
  return epoch >= job.currentEpoch && event >= job.events && alert >= job.alertChanges;
}
