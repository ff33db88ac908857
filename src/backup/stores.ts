import type { Environment } from '../config/environment.js';
import type { ObjectStore } from '../storage/object-store.js';
import { openStore, type StoreName } from '../storage/open-stores.js';
import { STORES } from './layout.js';

export type Stores = Record<StoreName, ObjectStore>;

/** All of the platform's stores, for as long as `work` takes. */
export async function withStores<T>(environment: Environment, work: (stores: Stores) => Promise<T>): Promise<T> {
  const opened = await Promise.all(STORES.map(async (name) => [name, await openStore(environment, name)] as const));
  try {
    return await work(Object.fromEntries(opened) as Stores);
  } finally {
    for (const [, store] of opened) store.close();
  }
}
