import type { Pool } from 'pg';
import type { Outbox } from './outbox.js';

/** A named statement that puts rows right; safe in every worker at once, because it passes by locked rows. */
export interface Sweep {
  name: string;
  text: string;
}

export async function sweep(pool: Pool, statement: Sweep, values: unknown[] = []): Promise<number> {
  const { rowCount } = await pool.query({ ...statement, values });
  return rowCount ?? 0;
}

/** Dispatches again what `undelivered` finds waiting although the queue does not know it, guarded by generation. */
export async function redeliver(pool: Pool, outbox: Outbox, undelivered: Sweep, again: Sweep): Promise<number> {
  const { rows } = await pool.query<{ id: string; generation: number }>({ ...undelivered });
  const lost = rows.length > 0 ? await outbox.lost(rows) : [];
  if (lost.length === 0) return 0;
  return sweep(pool, again, [lost.map((row) => row.id), lost.map((row) => row.generation)]);
}
