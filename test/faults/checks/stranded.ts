import { setTimeout as pause } from 'node:timers/promises';
import type { Bed } from '../bed/bed.js';
import { queueState } from '../bed/deliveries.js';

/** Milliseconds between two looks. */
const LOOK_MS = 1_500;
/** Milliseconds after which a job that any worker could take should have been taken. */
const PATIENCE_MS = 8_000;
const MOST = 12;

/** Free to be claimed for a while, and as far as the row knows the queue has it. */
const STRANDED = `
  SELECT id, generation, status, phase, attempt, enqueued_at, updated_at FROM training_jobs
  WHERE (status = 'pending' AND phase = 'queued'
      OR status = 'running' AND phase IN ('recovering', 'retry_wait') AND lease_expires_at <= clock_timestamp())
    AND pause_requested_at IS NULL AND cancel_requested_at IS NULL AND dispatch_at IS NULL
    AND coalesce(next_attempt_at, updated_at) < clock_timestamp() - $1 * interval '1 millisecond'
    AND updated_at < clock_timestamp() - $1 * interval '1 millisecond'
  ORDER BY updated_at LIMIT 3`;

interface StrandedRow {
  id: string;
  generation: number;
}

/** Jobs that wait although workers are there, with what the queue thinks of them: no violation, but worth a look. */
export class StrandedWatch {
  readonly found = new Map<string, string>();
  private stopped = false;

  constructor(private readonly bed: Bed) {}

  async watch(): Promise<void> {
    while (!this.stopped && this.found.size < MOST) {
      await pause(LOOK_MS);
      await this.look().catch(() => {});
    }
  }

  stop(): void {
    this.stopped = true;
  }

  private async look(): Promise<void> {
    for (const row of await this.bed.database.rows<StrandedRow>(STRANDED, [PATIENCE_MS])) {
      const delivery = `${row.id}-g${row.generation}`;
      if (this.found.has(delivery)) continue;
      const state = await queueState(this.bed, row);
      const workers = this.bed.workers.map(({ name, isAtWork }) => `${name} ${isAtWork ? 'at work' : 'away'}`);
      const seen = { now: new Date().toISOString(), row, queue: state, workers };
      this.found.set(delivery, JSON.stringify(seen));
    }
  }
}
