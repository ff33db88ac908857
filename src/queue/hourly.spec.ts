import { hourly } from './hourly.js';

const HOUR_MS = 3_600_000;

test('is done once an hour, the first time within the first', async () => {
  jest.useFakeTimers({ now: 0 });
  let done = 0;
  const work = hourly(() => Promise.resolve((done += 1)));
  jest.setSystemTime(HOUR_MS);
  expect([await work(), await work()]).toEqual([1, 0]);
  jest.setSystemTime(2 * HOUR_MS - 1);
  expect(await work()).toBe(0);
  jest.setSystemTime(2 * HOUR_MS);
  expect(await work()).toBe(2);
  jest.useRealTimers();
});
