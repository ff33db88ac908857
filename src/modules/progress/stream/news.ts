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

/** Of two with the same time the one that comes first here is told first. */
const SORTS = [
  {
    kind: 'phase',
    rows: ({ events }: News): Row[] => events.map((row) => ({ row, number: row.number, at: row.at })),
    step: (position: Position, event: number): Position => ({ ...position, event }),
  },
  {
    kind: 'progress',
    rows: ({ epochs }: News): Row[] => epochs.map((row) => ({ row, number: row.epoch, at: row.at })),
    step: (position: Position, epoch: number): Position => ({ ...position, epoch }),
  },
  {
    kind: 'alert',
    rows: ({ alerts }: News): Row[] => alerts.map((row) => ({ row, number: row.number, at: row.at })),
    step: (position: Position, alert: number): Position => ({ ...position, alert }),
  },
] as const;

interface Row {
  row: Item['row'];
  number: number;
  at: string;
}

/**
 * The news in the order of their times, each sort in its own order whatever clocks said. A sort that was cut off at
 * `limit` holds the others back: what follows it is not known yet.
 */
export function* inOrder(news: News, from: Position, limit: number): Generator<Item> {
  let position = from;
  const isCut = {
    phase: news.events.length >= limit,
    progress: from.epoch + limit < news.job.currentEpoch,
    alert: news.alerts.length >= limit,
  };
  const queues = SORTS.map(({ kind, rows, step }) => ({ kind, step, left: rows(news) }));
  for (;;) {
    if (queues.some(({ kind, left }) => left.length === 0 && isCut[kind])) return;
    const filled = queues.filter(({ left }) => left.length > 0);
    if (filled.length === 0) return;
    const first = filled.reduce((least, queue) => (queue.left[0]!.at < least.left[0]!.at ? queue : least));
    const { row, number } = first.left.shift()!;
    position = first.step(position, number);
    yield { kind: first.kind, row, position };
  }
}

/**
 * Where a reader stands who has been told a page of news: past epochs too that are counted and not there any more, because
 * old ones were removed.
 */
export function afterPage({ job, epochs }: News, from: Position, told: Position, limit: number): Position {
  const hasEveryEpoch = told.epoch === (epochs.at(-1)?.epoch ?? from.epoch);
  const epoch = hasEveryEpoch ? Math.max(told.epoch, Math.min(from.epoch + limit, job.currentEpoch)) : told.epoch;
  const hasMoved = epoch !== from.epoch || told !== from;
  return hasMoved ? { ...told, epoch } : endOf(job);
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
