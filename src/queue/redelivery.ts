import type { Pool } from 'pg';
import type { Outbox } from './outbox.js';
import { type Sweep, sweep } from './sweep.js';

/**
 * Dispatches again what waits for a worker although the queue does not know it, guarded by generation. Each call looks
 * at the next batch of rows, in turn over all of them: however long the queue is, a look is short.
 */
export class Redelivery {
  private after = '';

  constructor(
    private readonly pool: Pool,
    private readonly outbox: Outbox,
    private readonly undelivered: Sweep,
    private readonly again: Sweep,
  ) {}

  async next(): Promise<number> {
    const values = [this.after];
    const { rows } = await this.pool.query<{ id: string; generation: number }>({ ...this.undelivered, values });
    const lost = rows.length > 0 ? await this.outbox.lost(rows) : [];
    this.after = rows.at(-1)?.id ?? '';
    if (lost.length === 0) return 0;
    return sweep(this.pool, this.again, [lost.map((row) => row.id), lost.map((row) => row.generation)]);
  }
}
