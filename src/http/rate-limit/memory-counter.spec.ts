import { MemoryCounter } from './memory-counter.js';

const POLICY = { name: 'address', quota: 2, windowMs: 1_000 } as const;

describe('counting in the process', () => {
  let now: number;
  let counter: MemoryCounter;
  const count = async (key: string) => (await counter.count([{ policy: POLICY, key }]))[0]!.isAllowed;

  beforeEach(() => {
    now = 0;
    counter = new MemoryCounter(() => now, 100);
  });

  it('keeps keys apart, and policies', async () => {
    expect([await count('a'), await count('a'), await count('a'), await count('b')]).toEqual([true, true, false, true]);
    const other = { name: 'user', quota: 1, windowMs: 1_000 } as const;
    const both = [
      { policy: POLICY, key: 'a' },
      { policy: other, key: 'a' },
    ];
    expect((await counter.count(both)).map(({ isAllowed }) => isAllowed)).toEqual([false, true]);
  });

  it('forgets what is over', async () => {
    for (let key = 0; key < 50; key += 1) await count(String(key));
    expect(counter.size).toBe(50);
    now = 1_000;
    await count('new');
    expect(counter.size).toBe(1);
  });

  it('stays within its bounds, whoever calls', async () => {
    await count('first');
    for (let key = 0; key < 1_000; key += 1) await count(String(key));
    expect(counter.size).toBe(100);
  });
});
