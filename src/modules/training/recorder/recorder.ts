import { setTimeout as wait } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Pool } from 'pg';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import { POOL } from '../../../database/database.module.js';
import type { Span } from '../../../tracing/spans.js';
import type { Run } from '../run.js';
import { TrainingFailedError } from '../training.errors.js';
import { commitDuration, commitRows, epochsPersisted } from '../training.metrics.js';
import type { Change, Outcome } from './change.js';
import { remedyFor } from '../../../database/remedy.js';
import { Herald } from './herald.js';
import { Pending } from './pending.js';
import { type Recorded, recordStatement } from './record.statement.js';

const BACKOFF_MS = { first: 50, most: 1_000 };

/** An attempt: never a job, whose attempts must not get into each other's writes. */
function keyOf({ id, attempt }: Run): string {
  return `${id}#${attempt}`;
}

/** What comes before it is the time in which a write waited for others; each try is told of. */
function tellSent(span: Span, rows: number): void {
  span.setAttribute('db.operation.batch.size', rows).addEvent('sent');
}

/** Heartbeats are none. */
const isNews = ({ batch, phase }: Change) => batch !== undefined || phase !== undefined;

/** Milliseconds before a row that somebody holds is tried again. */
const HELD_UP_MS = 20;

/** Statements under way at a time: while one is being committed the next one is made, and written down. */
const FLIGHTS = 2;

/** Fewer reports are not divided between them: each flight costs a commit. */
const WORTH_A_FLIGHT = 32;

/**
 * Writes the reports of all runs of this process, several in one statement (group commit). `record` settles once the
 * report is committed or refused: a run that waits for it is held back by the database, and by nothing else.
 */
@Injectable()
export class Recorder {
  private readonly logger = new Logger(Recorder.name);
  private readonly active = new Set<string>();
  private readonly unheard = new Set<string>();
  /** Somebody holds a row: it is tried again after a pause, not at once. */
  private heldUp = false;
  private waiting = new Map<string, Pending>();
  private timer: NodeJS.Timeout | undefined;
  private flights = 0;
  /** Jobs whose write is under way; the next one waits for it. */
  private readonly inFlight = new Set<string>();
  private readonly herald: Herald;

  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {
    this.herald = new Herald(pool);
  }

  /** Announces a run, so that the recorder knows whether it is alone. */
  open(run: Run): void {
    this.active.add(keyOf(run));
    this.unheard.add(keyOf(run));
  }

  close(run: Run): void {
    this.active.delete(keyOf(run));
    this.unheard.delete(keyOf(run));
  }

  /** Rejects with TrainingFailedError when the database refuses the values themselves. */
  record(run: Run, change: Change): Promise<Outcome> {
    const pending = this.waiting.get(keyOf(run)) ?? new Pending(run);
    pending.absorb(change);
    this.waiting.set(keyOf(run), pending);
    const outcome = pending.outcome();
    const first = change.batch !== undefined && this.unheard.delete(keyOf(run));
    this.schedule(first || this.areEnough());
    return outcome;
  }

  private schedule(atOnce: boolean): void {
    if (this.flights === FLIGHTS) return;
    if (atOnce || this.waiting.size >= this.environment.RECORDER_MAX_ROWS) {
      clearTimeout(this.timer);
      this.timer = undefined;
      void this.flush();
    } else {
      this.timer ??= setTimeout(
        () => {
          this.timer = undefined;
          void this.flush();
        },
        this.heldUp ? HELD_UP_MS : this.environment.RECORDER_WINDOW_MS,
      );
    }
  }

  /** Of the runs of this process so many wait that holding on would gather little more. */
  private areEnough(): boolean {
    const { size } = this.active;
    return this.waiting.size >= Math.max(size / FLIGHTS, Math.min(size, WORTH_A_FLIGHT));
  }

  /** At most one entry a job: two attempts of one job may be in this process, and the older one must be refused. */
  private nextBatch(): Pending[] {
    const batch = new Map<string, Pending>();
    for (const pending of this.waiting.values()) {
      if (batch.size === this.environment.RECORDER_MAX_ROWS) break;
      const { id } = pending.run;
      if (!batch.has(id) && !this.inFlight.has(id)) batch.set(id, pending);
    }
    return [...batch.values()];
  }

  private async flush(): Promise<void> {
    const batch = this.flights < FLIGHTS ? this.nextBatch() : [];
    if (batch.length === 0) return;
    this.flights += 1;
    this.heldUp = false;
    for (const { run } of batch) {
      this.waiting.delete(keyOf(run));
      this.inFlight.add(run.id);
    }
    await this.write(batch);
    this.flights -= 1;
    if (this.waiting.size > 0) this.schedule(this.areEnough() && !this.heldUp);
  }

  /** Settles every entry, or puts it back for the next flush. Never throws. */
  private async write(batch: readonly Pending[]): Promise<void> {
    for (let backoff = BACKOFF_MS.first; ; backoff = Math.min(backoff * 2, BACKOFF_MS.most)) {
      try {
        return this.settle(batch, await this.query(batch));
      } catch (error) {
        const remedy = remedyFor(error);
        if (remedy !== 'retry' && batch.length > 1) return this.writeSingly(batch);
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

  private async query(batch: readonly Pending[]): Promise<Recorded> {
    const entries = batch.map(({ run, change }) => ({ jobId: run.id, attempt: run.attempt, change }));
    for (const { change } of batch) if (change.span) tellSent(change.span, batch.length);
    const endOf = commitDuration.startTimer();
    const { rows } = await this.pool.query<Recorded>(recordStatement(entries, this.environment.LEASE_MS));
    endOf();
    commitRows.observe(entries.length);
    return rows[0]!;
  }

  private settle(batch: readonly Pending[], { refused, held }: Recorded): void {
    const [isRefused, isHeld] = [new Set(refused), new Set(held)];
    for (const pending of batch) {
      this.inFlight.delete(pending.run.id);
      if (isHeld.has(pending.run.id)) this.putBack(pending);
      else if (isRefused.has(pending.run.id)) pending.resolve('refused');
      else {
        if (pending.change.epoch) epochsPersisted.inc();
        pending.resolve('written');
      }
    }
    const written = batch.filter(({ run: { id } }) => !isRefused.has(id) && !isHeld.has(id));
    this.herald.tell(written.filter(({ change }) => isNews(change)).map(({ run }) => run.id));
  }

  /** Somebody held the row for a moment, a cancel for instance. */
  private putBack(pending: Pending): void {
    this.heldUp = true;
    const later = this.waiting.get(keyOf(pending.run));
    if (later) pending.merge(later);
    this.waiting.set(keyOf(pending.run), pending);
  }

  private reject(batch: readonly Pending[], error: unknown, refused: boolean): void {
    const reason = refused ? new TrainingFailedError('report_refused', (error as Error).message) : error;
    for (const pending of batch) {
      this.inFlight.delete(pending.run.id);
      pending.reject(reason);
    }
  }
}
