import { arrive } from './gcra.js';

const POLICY = { name: 'user', quota: 10, windowMs: 1_000 } as const;

/** Sends a request at each of the times; gives what became of them. */
function sent(times: readonly number[], policy = POLICY) {
  let expectedAt: number | undefined;
  return times.map((now) => {
    const { next, ...standing } = arrive(policy, expectedAt, now);
    expectedAt = next;
    return standing;
  });
}

const at = (time: number, count: number) => Array.from({ length: count }, () => time);
const allowed = (times: readonly number[]) => sent(times).filter(({ isAllowed }) => isAllowed).length;

describe('the rate of requests', () => {
  it('may be used up at once', () => {
    expect(sent(at(0, 11)).map(({ remaining }) => remaining)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0]);
    expect(allowed(at(0, 20))).toBe(10);
  });

  it('says how long to wait, and no longer', () => {
    const [refused] = sent(at(0, 11)).slice(-1);
    expect(refused).toMatchObject({ isAllowed: false, waitMs: 100 });
    expect(sent([...at(0, 11), 99]).at(-1)).toMatchObject({ isAllowed: false, waitMs: 1 });
    expect(sent([...at(0, 11), 100]).at(-1)).toMatchObject({ isAllowed: true, remaining: 0 });
  });

  it('is not made worse by refused requests', () => {
    expect(sent([...at(0, 1_000), 100]).at(-1)!.isAllowed).toBe(true);
  });

  it('can go on evenly for ever', () => {
    const times = Array.from({ length: 100_000 }, (_, place) => place * 100);
    expect(sent(times).every(({ isAllowed, remaining }) => isAllowed && remaining === 9)).toBe(true);
  });

  it('lets at most twice the quota through in any window', () => {
    const times = Array.from({ length: 20_000 }, (_, place) => place);
    const passed = sent(times).flatMap(({ isAllowed }, place) => (isAllowed ? [times[place]!] : []));
    const most = Math.max(
      ...passed.map((start) => passed.filter((time) => time >= start && time < start + 1_000).length),
    );
    expect(most).toBeLessThanOrEqual(20);
    expect(passed.length).toBeGreaterThanOrEqual(200);
  });

  it('is whole again after a window', () => {
    expect(sent([...at(0, 10), 1_000]).at(-1)).toMatchObject({ isAllowed: true, remaining: 9 });
  });

  it.each([1, 3, 7, 60, 6_000])('of %i in a minute allows exactly as many at once', (quota) => {
    const policy = { name: 'user', quota, windowMs: 60_000 } as const;
    const standings = sent(at(1_790_000_000_000, quota + 1), policy as never);
    expect(standings.filter(({ isAllowed }) => isAllowed)).toHaveLength(quota);
  });
});
