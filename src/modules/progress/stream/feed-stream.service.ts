import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { POOL } from '../../../database/database.module.js';
import type { JobEvent } from '../../jobs/job-event.entity.js';
import { type QueueCounts, QueueOverviewService } from '../../jobs/queue/queue-overview.service.js';
import { Awakenings } from './awakenings.js';
import type { FeedPosition } from './feed-position.js';
import { FEED, HELD_BACK, NOW, RESUMABLE } from './feed.statements.js';
import { HEARTBEAT_MS } from './job-stream.service.js';
import { patiently } from './patience.js';
import { AheadOfHistoryError, PositionTooOldError } from './stream.errors.js';

const PAGE_ROWS = 250;
/** Milliseconds after which events are asked for again that an older transaction held back. */
const HELD_BACK_MS = 50;

export type FeedRow = Omit<JobEvent, 'id' | 'job' | 'tenantId'>;

export type FeedMessage =
  | { kind: 'snapshot'; counts: QueueCounts; position: FeedPosition }
  | { kind: 'job'; row: FeedRow; position: FeedPosition }
  | { kind: 'silence' };

export interface FeedOpening {
  tenant: string;
  position: FeedPosition;
  /** Null when it resumes. */
  counts: QueueCounts | null;
}

/** The live stream of what happens to all jobs of a tenant; it resumes within a day. */
@Injectable()
export class FeedStreamService {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    private readonly awakenings: Awakenings,
    private readonly overview: QueueOverviewService,
  ) {}

  /** Throws AheadOfHistoryError or PositionTooOldError. */
  async open(tenant: string, from: FeedPosition | null): Promise<FeedOpening> {
    if (!from) {
      // First the position: what happens in between is told, although the counts have it already.
      const { rows } = await this.pool.query<FeedPosition & { transaction: string }>(NOW);
      const position = { ...rows[0]!, transaction: Number(rows[0]!.transaction) };
      return { tenant, position, counts: await this.overview.counts(tenant) };
    }
    const values = [tenant, from.transaction, from.jobId, from.number];
    const { rows } = await this.pool.query<{ ahead: boolean; tooOld: boolean }>(RESUMABLE, values);
    if (rows[0]!.ahead) throw new AheadOfHistoryError();
    if (rows[0]!.tooOld) throw new PositionTooOldError();
    return { tenant, position: from, counts: null };
  }

  /** Ends with `signal`, or with this process. */
  async *follow({ tenant, position: from, counts }: FeedOpening, signal: AbortSignal): AsyncGenerator<FeedMessage> {
    let position = from;
    const { subscription, leave } = this.awakenings.ofAllJobs(tenant);
    const hangUp = () => subscription.close();
    if (signal.aborted) hangUp();
    signal.addEventListener('abort', hangUp, { once: true });
    try {
      if (counts) yield { kind: 'snapshot', counts, position };
      for (;;) {
        // Asked first: what is held back now is at worst looked for once more.
        const page = await patiently(async () => {
          const heldBack = await this.heldBack(tenant);
          return { heldBack, rows: await this.read(tenant, position) };
        }, subscription);
        if (!page) return;
        for (const row of page.rows) {
          position = { transaction: row.transaction, jobId: row.jobId, number: row.number };
          yield { kind: 'job', row, position };
        }
        if (page.rows.length === PAGE_ROWS) continue;
        if (page.heldBack) await subscription.next(HELD_BACK_MS);
        else while ((await subscription.next(HEARTBEAT_MS)) === 'silence') yield { kind: 'silence' };
      }
    } finally {
      signal.removeEventListener('abort', hangUp);
      leave();
    }
  }

  private async read(tenant: string, { transaction, jobId, number }: FeedPosition): Promise<FeedRow[]> {
    const values = [tenant, transaction, jobId, number, PAGE_ROWS];
    return (await this.pool.query<FeedRow>({ ...FEED, values })).rows;
  }

  private async heldBack(tenant: string): Promise<boolean> {
    const { rows } = await this.pool.query<{ heldBack: boolean }>({ ...HELD_BACK, values: [tenant] });
    return rows[0]!.heldBack;
  }
}
