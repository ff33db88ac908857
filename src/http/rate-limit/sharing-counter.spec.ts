import type { Standing } from './policy.js';
import type { RateCounter } from './rate-counter.js';
import { SharingCounter } from './sharing-counter.js';

const policy = { name: 'user', quota: 1, windowMs: 1_000 } as const;
const standing = (remaining: number): Standing => ({ policy, isAllowed: true, remaining, waitMs: 0 });
const counter = (count: RateCounter['count']): RateCounter => ({ count, close: () => {} });
const remaining = async (sharing: RateCounter) => (await sharing.count([{ policy, key: 'a' }]))[0]!.remaining;

describe('counting in all processes', () => {
  it('goes on in this one while the others cannot be asked', async () => {
    let isAway = false;
    const shared = counter(() => (isAway ? Promise.reject(new Error('away')) : Promise.resolve([standing(1)])));
    const sharing = new SharingCounter(
      shared,
      counter(() => Promise.resolve([standing(2)])),
    );
    expect(await remaining(sharing)).toBe(1);
    isAway = true;
    expect([await remaining(sharing), await remaining(sharing)]).toEqual([2, 2]);
    isAway = false;
    expect(await remaining(sharing)).toBe(1);
  });
});
