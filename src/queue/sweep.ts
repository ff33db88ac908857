import type { Pool } from 'pg';

/** A named statement that puts rows right; safe in every worker at once, because it passes by locked rows. */
export interface Sweep {
  name: string;
  text: string;
}

/** What a reconciler does one by one; each gives how many rows it put right. */
export type Sweeps = Record<string, () => Promise<number>>;

export async function sweep(pool: Pool, statement: Sweep, values: unknown[] = []): Promise<number> {
  const { rowCount } = await pool.query({ ...statement, values });
  return rowCount ?? 0;
}
