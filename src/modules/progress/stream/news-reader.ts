import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { POOL } from '../../../database/database.module.js';
import { Batched } from './batched.js';
import type { News } from './news.js';
import { NEWS } from './news.statements.js';
import type { Position } from './position.js';

/** Most rows of each sort that one reader gets at a time. */
export const PAGE_ROWS = 100;

/** Readers in one statement, and statements at once: streams leave most of the pool to requests. */
const LIMITS = { together: 50, atOnce: 2 };

interface Reader {
  jobId: string;
  position: Position;
}

/** Reads what is new of jobs, for all streams that ask at the time in one statement. */
@Injectable()
export class NewsReader {
  private readonly batched = new Batched<Reader, News | null>((readers) => this.news(readers), LIMITS);

  constructor(@Inject(POOL) private readonly pool: Pool) {}

  /** At most PAGE_ROWS rows of each sort; null when the job is gone. */
  read(jobId: string, position: Position): Promise<News | null> {
    return this.batched.ask({ jobId, position });
  }

  private async news(readers: readonly Reader[]): Promise<(News | null)[]> {
    const values = [
      readers.map(({ jobId }) => jobId),
      readers.map(({ position }) => position.epoch),
      readers.map(({ position }) => position.event),
      readers.map(({ position }) => position.alert),
      PAGE_ROWS,
    ];
    const { rows } = await this.pool.query<News & { place: number }>({ ...NEWS, values });
    const found = new Map(rows.map((row) => [row.place, row]));
    return readers.map((_, index) => found.get(index + 1) ?? null);
  }
}
