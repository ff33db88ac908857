import type { Pool } from 'pg';
import type { Outbox } from './outbox.js';
import { deliveryId } from './queues.js';
import type { Waiting } from './reserve.js';
import { type Sweep, sweep } from './sweep.js';
import { TakenDeliveries } from './taken-deliveries.js';

/**
 * Dispatches again what waits for a worker although the queue does not know it, or has given it to a worker that did
 * not claim it; guarded by generation. Each call looks at the next batch of rows, in turn over all of them: however long
 * the queue is, a look is short.
 */
export class Redelivery {
  private after = '';
  private readonly taken: TakenDeliveries;

  /** `patienceMs`: how long a worker may hold a delivery without a claim; beyond it the worker is as good as dead. */
  constructor(
    private readonly pool: Pool,
    private readonly outbox: Outbox,
    private readonly statements: { undelivered: Sweep; again: Sweep },
    patienceMs: number,
  ) {
    this.taken = new TakenDeliveries(patienceMs);
  }

  async next(): Promise<number> {
    const { rows } = await this.pool.query<Waiting>({ ...this.statements.undelivered, values: [this.after] });
    const lost = rows.length > 0 ? await this.lost(rows) : [];
    this.after = rows.at(-1)?.id ?? '';
    if (rows.length === 0) this.taken.forgetOthers();
    if (lost.length === 0) return 0;
    return sweep(this.pool, this.statements.again, [lost.map((row) => row.id), lost.map((row) => row.generation)]);
  }

  private async lost(rows: readonly Waiting[]): Promise<Waiting[]> {
    const whereabouts = await this.outbox.whereabouts(rows);
    return rows.filter((row, index) => {
      if (whereabouts[index] === 'taken') return this.taken.isOverdue(deliveryId(row.id, row.generation));
      return whereabouts[index] === 'gone';
    });
  }
}
