import type { ObjectStore } from './object-store.js';

const HOUR_MS = 3_600_000;
/** What is younger may be on its way to a row. */
const ORPHANED_AFTER_MS = HOUR_MS;
/** A put that has not ended by then has lost its process. */
const UNFINISHED_AFTER_MS = 48 * HOUR_MS;
const BATCH = 500;

/** When what is on its way, at `now` (milliseconds since 1970), is taken to have lost its process. */
export function unfinishedBefore(now: number): Date {
  return new Date(now - UNFINISHED_AFTER_MS);
}

/** What rows say of the objects of a store. */
export interface Claims {
  /** Those of the keys that are not to be removed. */
  claimed(keys: readonly string[]): Promise<Iterable<string>>;
  /** Told of each object just before it is removed; one that cannot be put on record stays. */
  removing?(key: string): Promise<void>;
  /** Told of one that could not be removed after all. The others are not kept waiting for it. */
  stayed(key: string, reason: Error): Promise<void>;
}

/**
 * Removes what belongs to nobody: what processes left that died between storing, committing and removing. Gives the
 * number of objects, unfinished ones included.
 */
export async function removeOrphans(store: ObjectStore, claims: Claims, now: number): Promise<number> {
  let removed = await store.removeUnfinished(unfinishedBefore(now));
  let batch: string[] = [];
  for await (const { key, changedAt } of store.list('')) {
    if (changedAt.getTime() > now - ORPHANED_AFTER_MS) continue;
    batch.push(key);
    if (batch.length < BATCH) continue;
    removed += await removeUnclaimed(store, claims, batch);
    batch = [];
  }
  return removed + (await removeUnclaimed(store, claims, batch));
}

async function removeUnclaimed(store: ObjectStore, claims: Claims, keys: readonly string[]): Promise<number> {
  if (keys.length === 0) return 0;
  const claimed = new Set(await claims.claimed(keys));
  let removed = 0;
  for (const key of keys.filter((candidate) => !claimed.has(candidate))) {
    await claims.removing?.(key);
    try {
      await store.remove(key);
      removed += 1;
    } catch (error) {
      await claims.stayed(key, error as Error);
    }
  }
  return removed;
}
