import { type AlertChangeRow, endOf, type Epoch, type EventRow, type News } from './news.js';
import type { Position } from './position.js';

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
