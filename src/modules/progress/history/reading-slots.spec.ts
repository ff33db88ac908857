import { HistoriesBusyError } from './history.errors.js';
import { ReadingSlots } from './reading-slots.js';

describe('slots for heavy readings', () => {
  it('let two read at once, and the others in their order', async () => {
    const slots = new ReadingSlots();
    let [atOnce, most] = [0, 0];
    const order: number[] = [];
    const work = (name: number) => async () => {
      order.push(name);
      most = Math.max(most, ++atOnce);
      await new Promise(setImmediate);
      atOnce -= 1;
      return name;
    };
    const names = [1, 2, 3, 4, 5];
    expect(await Promise.all(names.map((name) => slots.during(work(name))))).toEqual(names);
    expect(most).toBe(2);
    expect(order).toEqual(names);
  });

  it('are free again after a failure, and refuse whoever would wait behind too many', async () => {
    const slots = new ReadingSlots();
    const failing = () => Promise.reject(new Error('no'));
    await Promise.allSettled([slots.during(failing), slots.during(failing)]);
    const readings = Array.from({ length: 23 }, () =>
      slots.during(() => new Promise((resolve) => setImmediate(resolve))),
    );
    const outcomes = await Promise.allSettled(readings);
    const refused = outcomes.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
    expect(refused.map(({ reason }) => reason as unknown)).toEqual([expect.any(HistoriesBusyError)]);
  });
});
