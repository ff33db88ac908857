import type { ObjectStore } from './object-store.js';
import { removeOrphans } from './orphans.js';

const NOW = Date.UTC(2026, 0, 31);
const LONG_AGO = new Date(NOW - 7_200_000);

/** Holds these keys, of which some cannot be removed. */
function storeOf(keys: string[], stuck: string[]) {
  const removed: string[] = [];
  const store = {
    removeUnfinished: async () => 0,
    async *list() {
      for (const key of keys) yield { key, changedAt: LONG_AGO };
    },
    async remove(key: string) {
      if (stuck.includes(key)) throw new Error(`${key} is held`);
      removed.push(key);
    },
  };
  return { store: store as unknown as ObjectStore, removed };
}

describe('removeOrphans', () => {
  it('goes on behind what cannot be removed, and tells of it', async () => {
    const { store, removed } = storeOf(['a/1', 'a/2', 'b/1', 'b/2'], ['a/1']);
    const told: string[] = [];
    const claims = {
      claimed: async () => ['b/1'],
      removing: async (key: string) => void told.push(`removing ${key}`),
      stayed: async (key: string, { message }: Error) => void told.push(`${key} stayed: ${message}`),
    };
    expect(await removeOrphans(store, claims, NOW)).toBe(2);
    expect(removed).toEqual(['a/2', 'b/2']);
    expect(told).toEqual(['removing a/1', 'a/1 stayed: a/1 is held', 'removing a/2', 'removing b/2']);
  });

  it('leaves what is young', async () => {
    const { store, removed } = storeOf(['a/1'], []);
    const claims = { claimed: async () => [], stayed: async () => {} };
    expect(await removeOrphans(store, claims, LONG_AGO.getTime() + 1_000)).toBe(0);
    expect(removed).toEqual([]);
  });
});
