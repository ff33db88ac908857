import { probe } from './probe.js';

describe('probe', () => {
  it('is healthy when nothing is wrong', async () => {
    expect(await probe(() => Promise.resolve(null))).toEqual({ status: 'healthy', latency: expect.any(Number) });
  });

  it('hands on a complaint', async () => {
    expect(await probe(() => Promise.resolve('no worker is alive'))).toMatchObject({
      status: 'unhealthy',
      detail: 'no worker is alive',
    });
  });

  it('keeps to itself why a check failed', async () => {
    const secret = () => Promise.reject(new Error('password authentication failed for user "admin"'));
    expect(await probe(secret)).toMatchObject({ status: 'unhealthy', detail: 'does not answer' });
  });

  it('does not wait for ever', async () => {
    jest.useFakeTimers();
    const waiting = probe(() => new Promise<never>(() => {}));
    await jest.advanceTimersByTimeAsync(2_000);
    expect(await waiting).toMatchObject({ status: 'unhealthy', detail: 'does not answer' });
    jest.useRealTimers();
  });
});
