import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { POOL } from '../../../database/database.module.js';
import type { JobEvent } from '../../jobs/job-event.entity.js';
import { Batched } from './batched.js';
import type { FeedPosition } from './feed-position.js';
import { FEED } from './feed.statements.js';

/** Most events that one reader gets at a time. */
export const FEED_ROWS = 100;
const LIMITS = { together: 50, atOnce: 1 };

export type FeedRow = Omit<JobEvent, 'id' | 'job' | 'tenantId'>;

export interface FeedPage {
  rows: FeedRow[];
  /** Events are there that an older transaction, still at work, holds back. */
  heldBack: boolean;
}

interface Reader {
  tenant: string;
  position: FeedPosition;
}

/** Reads what happened to the jobs of tenants, for all streams that ask at the time in one statement. */
@Injectable()
export class FeedReader {
  private readonly batched = new Batched<Reader, FeedPage>((readers) => this.pages(readers), LIMITS);

  constructor(@Inject(POOL) private readonly pool: Pool) {}

  read(tenant: string, position: FeedPosition): Promise<FeedPage> {
    return this.batched.ask({ tenant, position });
  }

  private async pages(readers: readonly Reader[]): Promise<FeedPage[]> {
    const values = [
      readers.map(({ tenant }) => tenant),
      readers.map(({ position }) => position.transaction),
      readers.map(({ position }) => position.jobId),
      readers.map(({ position }) => position.number),
      FEED_ROWS,
    ];
    const { rows } = await this.pool.query<{ rows: (Omit<FeedRow, 'at'> & { at: string })[]; heldBack: boolean }>({
      ...FEED,
      values,
    });
    return rows.map((page) => ({ ...page, rows: page.rows.map((row) => ({ ...row, at: new Date(row.at) })) }));
  }
}
