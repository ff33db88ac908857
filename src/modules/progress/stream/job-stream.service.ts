import { Injectable } from '@nestjs/common';
import { hasEnded } from '../../jobs/job-state.js';
import type { Job } from '../../jobs/job.entity.js';
import { JobsService } from '../../jobs/jobs.service.js';
import { Awakenings } from './awakenings.js';
import { NewsReader, PAGE_ROWS } from './news-reader.js';
import { hasAll, inOrder, type Item, type JobRow } from './news.js';
import { patiently } from './patience.js';
import type { Position } from './position.js';
import { AheadOfHistoryError } from './stream.errors.js';

/** Milliseconds of silence after which a stream says that it lives. */
export const HEARTBEAT_MS = 15_000;

/** What a job's stream tells. What has no position cannot be resumed from. */
export type JobMessage =
  | { kind: 'snapshot'; job: Job; position: Position }
  | (Item & { job: JobRow })
  | { kind: 'batch'; job: JobRow }
  | { kind: 'done'; job: JobRow; position: Position }
  | { kind: 'silence' };

/** Where a stream begins: after a position, or now (null), with a snapshot. */
export interface Opening {
  job: Job;
  from: Position | null;
}

/**
 * The live stream of one job. It is a cursor over the rows: woken, it reads what comes after its position, and goes on
 * when that was taken. A slow reader costs the page it is at, and holds up nobody.
 */
@Injectable()
export class JobStreamService {
  constructor(
    private readonly jobs: JobsService,
    private readonly awakenings: Awakenings,
    private readonly reader: NewsReader,
  ) {}

  /** Null when nothing more will come. Throws JobNotFoundError or AheadOfHistoryError. */
  async open(tenant: string, jobId: string, from: Position | null): Promise<Opening | null> {
    const job = await this.jobs.get(tenant, jobId);
    if (!from) return { job, from };
    if (from.epoch > job.currentEpoch || from.event > job.events || from.alert > job.alertChanges) {
      throw new AheadOfHistoryError();
    }
    return from.done && hasEnded(job.status) ? null : { job, from: { ...from, done: false } };
  }

  /** Ends with the job, with `signal`, or with this process. */
  async *follow({ job, from }: Opening, signal: AbortSignal): AsyncGenerator<JobMessage> {
    let position = from ?? endOf(job);
    let batch = batchOf(job);
    const { subscription, leave } = this.awakenings.ofOneJob(job.id, () => position);
    const hangUp = () => subscription.close();
    if (signal.aborted) hangUp();
    signal.addEventListener('abort', hangUp, { once: true });
    try {
      if (!from) yield { kind: 'snapshot', job, position };
      for (;;) {
        const news = await patiently(() => this.reader.read(job.id, position), subscription);
        if (!news) return;
        const before = position;
        for (const item of inOrder(news, position, PAGE_ROWS)) {
          ({ position } = item);
          yield { ...item, job: news.job };
        }
        // Counted, and no longer there: old epochs may have been removed.
        if (position === before && !hasAll(position, news.job)) position = endOf(news.job);
        if (!hasAll(position, news.job)) continue;
        if (hasEnded(news.job.status)) {
          position = { ...position, done: true };
          return yield { kind: 'done', job: news.job, position };
        }
        if (batchOf(news.job) !== batch && isUnderWay(news.job)) yield { kind: 'batch', job: news.job };
        batch = batchOf(news.job);
        while ((await subscription.next(HEARTBEAT_MS)) === 'silence') yield { kind: 'silence' };
      }
    } finally {
      signal.removeEventListener('abort', hangUp);
      leave();
    }
  }
}

const endOf = ({ currentEpoch, events, alertChanges }: Pick<JobRow, 'currentEpoch' | 'events' | 'alertChanges'>) => ({
  epoch: currentEpoch,
  event: events,
  alert: alertChanges,
  done: false,
});

type BatchRow = Pick<JobRow, 'currentEpoch' | 'totalEpochs' | 'currentBatch' | 'totalBatches'>;

const batchOf = ({ currentEpoch, currentBatch }: BatchRow) => `${currentEpoch} ${currentBatch}`;

/** Strictly inside an epoch. */
function isUnderWay({ currentEpoch, totalEpochs, currentBatch, totalBatches }: BatchRow): boolean {
  return currentBatch > 0 && currentBatch < totalBatches && currentEpoch < totalEpochs;
}
