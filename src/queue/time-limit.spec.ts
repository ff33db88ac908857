import { withTimeLimit } from './time-limit.js';

describe('withTimeLimit', () => {
  it('passes on what settles in time', async () => {
    await expect(withTimeLimit(Promise.resolve(7), 1_000, 'It')).resolves.toBe(7);
    await expect(withTimeLimit(Promise.reject(new Error('no')), 1_000, 'It')).rejects.toThrow('no');
  });

  it('gives up on what does not', async () => {
    jest.useFakeTimers();
    const limited = withTimeLimit(new Promise(() => {}), 1_000, 'Adding to the queue');
    jest.advanceTimersByTime(1_000);
    await expect(limited).rejects.toThrow('Adding to the queue took longer than 1000 ms');
    jest.useRealTimers();
  });
});
