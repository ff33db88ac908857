/** Aborts when something that is waited for says nothing for too long. */
export class SilenceLimit {
  readonly #broken = new AbortController();

  constructor(private readonly limitMs: number) {}

  get signal(): AbortSignal {
    return this.#broken.signal;
  }

  /** The promise's own outcome; the signal is aborted when that takes longer than the limit. */
  async during<T>(promise: Promise<T>): Promise<T> {
    const reason = new Error(`nothing came for ${this.limitMs / 1_000} s`);
    const timer = setTimeout(() => this.#broken.abort(reason), this.limitMs);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
    }
  }

  /** The time between two chunks counts while the next one is waited for, not while the last one is worked on. */
  async *over<T>(chunks: AsyncIterable<T>): AsyncGenerator<T> {
    const iterator = chunks[Symbol.asyncIterator]();
    try {
      for (;;) {
        const { done, value } = await this.during(iterator.next());
        if (done) return;
        yield value;
      }
    } finally {
      await iterator.return?.();
    }
  }
}
