export type Awakening = 'news' | 'silence' | 'closed';

/** One stream's ear: remembers that it was called while its owner was at work. */
export class Subscription {
  private called = false;
  private closed = false;
  private wake: ((why: Awakening) => void) | undefined;

  get isClosed(): boolean {
    return this.closed;
  }

  call(): void {
    this.called = true;
    this.wake?.('news');
  }

  close(): void {
    this.closed = true;
    this.wake?.('closed');
  }

  /** Resolves when it is called, was called since the last time, is closed, or after `ms` milliseconds. */
  async next(ms: number): Promise<Awakening> {
    if (!this.closed && !this.called) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<Awakening>((resolve) => {
        this.wake = resolve;
        timer = setTimeout(resolve, ms, 'silence');
      });
      clearTimeout(timer);
      this.wake = undefined;
    }
    if (this.closed) return 'closed';
    if (!this.called) return 'silence';
    this.called = false;
    return 'news';
  }
}

/** A subscription that ends with a signal too. `leave` takes it out of wherever it is. */
export function listening(
  { subscription, leave }: { subscription: Subscription; leave: () => void },
  signal: AbortSignal,
): { subscription: Subscription; leave: () => void } {
  const hangUp = () => subscription.close();
  if (signal.aborted) hangUp();
  signal.addEventListener('abort', hangUp, { once: true });
  return {
    subscription,
    leave: () => {
      signal.removeEventListener('abort', hangUp);
      leave();
    },
  };
}
