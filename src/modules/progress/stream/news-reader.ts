import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { POOL } from '../../../database/database.module.js';
import type { News } from './news.js';
import { NEWS } from './news.statements.js';
import type { Position } from './position.js';

/** Most rows of each sort that one reader gets at a time. */
export const PAGE_ROWS = 250;

/** Readers in one statement, and statements at once: streams leave most of the pool to requests. */
const MOST_READERS = 100;
const MOST_STATEMENTS = 2;

interface Wish {
  jobId: string;
  position: Position;
  resolve: (news: News | null) => void;
  reject: (error: unknown) => void;
}

/**
 * Reads what is new for many streams in one statement: those who ask while the statements before are under way go
 * together. So a commit that a hundred streams wait for is read once, and none of them waits for a timer.
 */
@Injectable()
export class NewsReader {
  private wishes: Wish[] = [];
  private underWay = 0;

  constructor(@Inject(POOL) private readonly pool: Pool) {}

  /** At most PAGE_ROWS rows of each sort; null when the job is gone. */
  read(jobId: string, position: Position): Promise<News | null> {
    return new Promise((resolve, reject) => {
      this.wishes.push({ jobId, position, resolve, reject });
      // After everybody who was woken by the same notification has asked.
      setImmediate(() => this.next());
    });
  }

  private next(): void {
    if (this.underWay >= MOST_STATEMENTS || this.wishes.length === 0) return;
    const batch = this.wishes.splice(0, MOST_READERS);
    this.underWay += 1;
    void this.fulfil(batch).finally(() => {
      this.underWay -= 1;
      this.next();
    });
    this.next();
  }

  private async fulfil(batch: readonly Wish[]): Promise<void> {
    try {
      const values = [
        batch.map(({ jobId }) => jobId),
        batch.map(({ position }) => position.epoch),
        batch.map(({ position }) => position.event),
        batch.map(({ position }) => position.alert),
        PAGE_ROWS,
      ];
      const { rows } = await this.pool.query<News & { place: number }>({ ...NEWS, values });
      const found = new Map(rows.map((row) => [row.place, row]));
      batch.forEach(({ resolve }, index) => resolve(found.get(index + 1) ?? null));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}
