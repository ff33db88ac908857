import { Subscription } from './subscription.js';

const LONG_MS = 60_000;

describe('a subscription', () => {
  it('wakes when it is called, and remembers a call that came before', async () => {
    const subscription = new Subscription();
    const woken = subscription.next(LONG_MS);
    subscription.call();
    expect(await woken).toBe('news');
    subscription.call();
    subscription.call();
    expect(await subscription.next(LONG_MS)).toBe('news');
    expect(await subscription.next(1)).toBe('silence');
  });

  it('wakes for good when it is closed', async () => {
    const subscription = new Subscription();
    const woken = subscription.next(LONG_MS);
    subscription.close();
    expect(await woken).toBe('closed');
    subscription.call();
    expect(await subscription.next(LONG_MS)).toBe('closed');
    expect(subscription.isClosed).toBe(true);
  });
});
