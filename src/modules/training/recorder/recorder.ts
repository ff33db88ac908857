import { setTimeout as wait } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Pool } from 'pg';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import { POOL } from '../../../database/database.module.js';
import type { Run } from '../run.js';
import { TrainingFailedError } from '../training.errors.js';
import type { Change, Outcome } from './change.js';
import { remedyFor } from './database-error.js';
import { Pending } from './pending.js';
import { recordStatement, type Written } from './record.statement.js';

const BACKOFF_MS = { first: 50, most: 2_000 };

/**
 * Writes the reports of all runs of this process, several in one statement (group commit). `record` settles once the
 * report is committed or refused: a run that waits for it is held back by the database, and by nothing else.
 */
@Injectable()
export class Recorder {
  private readonly logger = new Logger(Recorder.name);
  private readonly active = new Set<string>();
  private readonly unheard = new Set<string>();
  private waiting = new Map<string, Pending>();
  private timer: NodeJS.Timeout | undefined;
  private flushing = false;

  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /** Announces a run, so that the recorder knows whether it is alone. */
  open(run: Run): void {
    this.active.add(run.id);
    this.unheard.add(run.id);
  }

  close(run: Run): void {
    this.active.delete(run.id);
    this.unheard.delete(run.id);
  }

  /** Rejects with TrainingFailedError when the database refuses the values themselves. */
  record(run: Run, change: Change): Promise<Outcome> {
    const pending = this.waiting.get(run.id) ?? new Pending(run);
    pending.absorb(change);
    this.waiting.set(run.id, pending);
    const outcome = pending.outcome();
    const first = change.batch !== undefined && this.unheard.delete(run.id);
    this.schedule(first || this.active.size <= 1);
    return outcome;
  }

  private schedule(atOnce: boolean): void {
    if (this.flushing) return;
    if (atOnce || this.waiting.size >= this.environment.RECORDER_MAX_ROWS) {
      clearTimeout(this.timer);
      this.timer = undefined;
      void this.flush();
    } else {
      this.timer ??= setTimeout(() => {
        this.timer = undefined;
        void this.flush();
      }, this.environment.RECORDER_WINDOW_MS);
    }
  }

  private async flush(): Promise<void> {
    if (this.flushing || this.waiting.size === 0) return;
    this.flushing = true;
    const batch = [...this.waiting.values()].slice(0, this.environment.RECORDER_MAX_ROWS);
    for (const { run } of batch) this.waiting.delete(run.id);
    await this.write(batch);
    this.flushing = false;
    if (this.waiting.size > 0) this.schedule(this.active.size <= 1);
  }

  /** Settles every entry, or puts it back for the next flush. Never throws. */
  private async write(batch: readonly Pending[]): Promise<void> {
    for (let backoff = BACKOFF_MS.first; ; backoff = Math.min(backoff * 2, BACKOFF_MS.most)) {
      try {
        return this.settle(batch, await this.query(batch));
      } catch (error) {
        const remedy = remedyFor(error);
        if (remedy === 'refuse' && batch.length > 1) return this.writeSingly(batch);
        if (remedy !== 'retry') return this.reject(batch, error, remedy === 'refuse');
        this.logger.warn({ msg: 'Writing progress failed, trying again', reason: (error as Error).message, backoff });
        await wait(backoff);
      }
    }
  }

  /** One of them is bad: the others must not suffer. */
  private async writeSingly(batch: readonly Pending[]): Promise<void> {
    for (const pending of batch) await this.write([pending]);
  }

  private async query(batch: readonly Pending[]): Promise<Map<string, Written>> {
    const entries = batch.map(({ run, change }) => ({ jobId: run.id, attempt: run.attempt, change }));
    const { rows } = await this.pool.query<Written>(recordStatement(entries, this.environment.LEASE_MS));
    return new Map(rows.map((row) => [row.jobId, row]));
  }

  private settle(batch: readonly Pending[], rows: Map<string, Written>): void {
    for (const pending of batch) {
      const row = rows.get(pending.run.id);
      if (row?.written) pending.resolve('written');
      else if (row?.locked) pending.resolve('refused');
      else this.putBack(pending);
    }
  }

  /** Somebody held the row for a moment, a cancel for instance. */
  private putBack(pending: Pending): void {
    const later = this.waiting.get(pending.run.id);
    if (later) pending.merge(later);
    this.waiting.set(pending.run.id, pending);
  }

  private reject(batch: readonly Pending[], error: unknown, refused: boolean): void {
    const reason = refused ? new TrainingFailedError('report_refused', (error as Error).message) : error;
    for (const pending of batch) pending.reject(reason);
  }
}
