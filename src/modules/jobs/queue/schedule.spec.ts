import fc from 'fast-check';
import { type Load, schedule } from './schedule.js';

const load = (overrides: Partial<Load>): Load => ({ capacity: 1, busy: [], work: [], rest: 0, ...overrides });
const duration = fc.integer({ min: 0, max: 1_000_000 });
const loads = fc.record({
  capacity: fc.integer({ min: 1, max: 20 }),
  busy: fc.array(duration, { maxLength: 20 }),
  work: fc.array(duration, { maxLength: 50 }),
  rest: duration,
});

describe('schedule', () => {
  it.each<[string, Partial<Load>, number, number]>([
    ['is now where nothing is to do', {}, 0, 0],
    ['is now where there is room beside a run', { capacity: 2, busy: [500] }, 0, 500],
    ['is now where there is room for those ahead, too', { capacity: 3, work: [100, 200] }, 0, 200],
    ['is when the only slot is free', { busy: [500] }, 500, 500],
    ['is after all those ahead', { busy: [500], work: [100, 200] }, 800, 800],
    ['is when the first slot is free', { capacity: 2, busy: [500, 300] }, 300, 500],
    ['gives each the slot that is free first', { capacity: 2, busy: [100, 400], work: [200, 50, 300] }, 400, 650],
    ['spreads what is behind them over all slots', { capacity: 4, work: [100, 100, 100, 100], rest: 400 }, 200, 200],
    ['takes runs beyond the capacity as they are', { capacity: 1, busy: [100, 200] }, 100, 200],
    ['ends somewhere', { work: [1e18] }, 3_153_600_000_000, 3_153_600_000_000],
  ])('%s', (_, given, nextStart, allDone) => {
    expect(schedule(load(given))).toEqual({ nextStart, allDone });
  });

  it('is nothing where nobody is there to do it', () => {
    expect(schedule(load({ capacity: 0, work: [100] }))).toBeNull();
  });

  it('never puts a job before one that is ahead of it', () => {
    fc.assert(
      fc.property(loads, duration, (given, more) => {
        const before = schedule(given)!;
        const after = schedule({ ...given, work: [...given.work, more] })!;
        expect(after.nextStart).toBeGreaterThanOrEqual(before.nextStart);
        expect(after.allDone).toBeGreaterThanOrEqual(before.allDone);
      }),
    );
  });

  it('keeps every slot busy until the next one begins', () => {
    fc.assert(
      fc.property(loads, (given) => {
        const slots = Math.max(given.capacity, given.busy.length);
        const all = [...given.busy, ...given.work, given.rest].reduce((sum, ms) => sum + ms, 0);
        expect(schedule(given)!.nextStart).toBeLessThanOrEqual(Math.round(all / slots));
      }),
    );
  });
});
