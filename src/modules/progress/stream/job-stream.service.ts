import { Injectable } from '@nestjs/common';
import { hasEnded } from '../../jobs/job-state.js';
import type { Job } from '../../jobs/job.entity.js';
import { JobsService } from '../../jobs/jobs.service.js';
import { Awakenings } from './awakenings.js';
import { afterPage, inOrder, type Item } from './in-order.js';
import { NewsReader, PAGE_ROWS } from './news-reader.js';
import { endOf, hasAll, type JobRow } from './news.js';
import { HEARTBEAT_MS, patiently, SILENCE } from './patience.js';
import type { Position } from './position.js';
import { AheadOfHistoryError } from './stream.errors.js';
import { listening } from './subscription.js';

/** What a job's stream tells. What has no position cannot be resumed from. */
export type JobMessage =
  | { kind: 'snapshot'; job: Job; position: Position }
  | (Item & { job: JobRow })
  | { kind: 'batch'; job: JobRow }
  | { kind: 'done'; job: JobRow; position: Position }
  | typeof SILENCE;

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
  async *follow({ job, from: opened }: Opening, signal: AbortSignal): AsyncGenerator<JobMessage> {
    let position = opened ?? endOf(job);
    let batch = batchOf(job);
    const { subscription, leave } = listening(
      this.awakenings.ofOneJob(job.id, () => position),
      signal,
    );
    try {
      if (!opened) yield { kind: 'snapshot', job, position };
      for (;;) {
        const news = yield* patiently(() => this.reader.read(job.id, position), subscription);
        if (!news) return;
        const from = position;
        for (const item of inOrder(news, from, PAGE_ROWS)) {
          ({ position } = item);
          yield { ...item, job: news.job };
          if (subscription.isClosed) return;
        }
        position = afterPage(news, from, position, PAGE_ROWS);
        if (!hasAll(position, news.job)) continue;
        if (hasEnded(news.job.status)) {
          position = { ...position, done: true };
          return yield { kind: 'done', job: news.job, position };
        }
        if (batchOf(news.job) !== batch && isUnderWay(news.job)) yield { kind: 'batch', job: news.job };
        batch = batchOf(news.job);
        while ((await subscription.next(HEARTBEAT_MS)) === 'silence') yield SILENCE;
      }
    } finally {
      leave();
    }
  }
}

type BatchRow = Pick<JobRow, 'currentEpoch' | 'totalEpochs' | 'currentBatch' | 'totalBatches'>;

const batchOf = ({ currentEpoch, currentBatch }: BatchRow) => `${currentEpoch} ${currentBatch}`;

/** Strictly inside an epoch. */
function isUnderWay({ currentEpoch, totalEpochs, currentBatch, totalBatches }: BatchRow): boolean {
  return currentBatch > 0 && currentBatch < totalBatches && currentEpoch < totalEpochs;
}
