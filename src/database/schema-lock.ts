import { setTimeout as wait } from 'node:timers/promises';
import type { ClientBase } from 'pg';

/** Of whoever changes the schema, alone, and of whoever needs it to stay as it is; the number only has to be ours. */
const SCHEMA_LOCK = 7_240_115;

/** Milliseconds between two looks whether the others are done. */
const TURN_MS = 200;

const TAKE = { change: 'pg_try_advisory_lock', keep: 'pg_try_advisory_lock_shared' } as const;

export interface Turn {
  /** Called once, if there is somebody to wait for. */
  onWait?: (() => void) | undefined;
  signal?: AbortSignal;
}

/**
 * Holds the schema's lock for as long as the session lasts, or until it is let go of. By asking again and again: a
 * statement that waits is a transaction that an index made concurrently would wait for.
 */
export async function holdSchema(client: ClientBase, to: keyof typeof TAKE, { onWait, signal }: Turn): Promise<void> {
  for (let waits = false; ; waits = true) {
    const { rows } = await client.query<{ taken: boolean }>(`SELECT ${TAKE[to]}($1) AS taken`, [SCHEMA_LOCK]);
    if (rows[0]!.taken) return;
    if (!waits) onWait?.();
    await wait(TURN_MS, undefined, { signal });
  }
}

/** Of those who keep it. */
export async function letGoOfSchema(client: ClientBase): Promise<void> {
  await client.query('SELECT pg_advisory_unlock_shared($1)', [SCHEMA_LOCK]);
}
