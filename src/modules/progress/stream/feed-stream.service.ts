import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { POOL } from '../../../database/database.module.js';
import { type QueueCounts, QueueOverviewService } from '../../jobs/queue/queue-overview.service.js';
import { Awakenings } from './awakenings.js';
import type { FeedPosition } from './feed-position.js';
import { FEED_ROWS, FeedReader, type FeedRow } from './feed-reader.js';
import { NOW, RESUMABLE } from './feed.statements.js';
import { HEARTBEAT_MS, patiently, SILENCE } from './patience.js';
import { AheadOfHistoryError, PositionTooOldError } from './stream.errors.js';
import { listening } from './subscription.js';

/** Milliseconds after which events are asked for again that an older transaction holds back; doubled each time. */
const HELD_BACK_MS = { first: 50, most: 1_000 };

export type FeedMessage =
  | { kind: 'snapshot'; counts: QueueCounts; position: FeedPosition }
  | { kind: 'job'; row: FeedRow; position: FeedPosition }
  | typeof SILENCE;

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
    private readonly reader: FeedReader,
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
    const { subscription, leave } = listening(this.awakenings.ofAllJobs(tenant), signal);
    try {
      if (counts) yield { kind: 'snapshot', counts, position };
      for (let [pause, waited] = [HELD_BACK_MS.first, 0]; ;) {
        const page = yield* patiently(() => this.reader.read(tenant, position), subscription);
        if (!page) return;
        for (const row of page.rows) {
          position = { transaction: row.transaction, jobId: row.jobId, number: row.number };
          yield { kind: 'job', row, position };
          if (subscription.isClosed) return;
        }
        if (page.rows.length === FEED_ROWS) continue;
        if (!page.heldBack) {
          [pause, waited] = [HELD_BACK_MS.first, 0];
          while ((await subscription.next(HEARTBEAT_MS)) === 'silence') yield SILENCE;
          continue;
        }
        await subscription.next(pause);
        waited = page.rows.length > 0 ? 0 : waited + pause;
        pause = Math.min(2 * pause, HELD_BACK_MS.most);
        if (waited < HEARTBEAT_MS) continue;
        waited = 0;
        yield SILENCE;
      }
    } finally {
      leave();
    }
  }
}
