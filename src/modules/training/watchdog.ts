/** Calls back when one step takes longer than `ms` milliseconds; the time between steps does not count. */
export class Watchdog {
  constructor(
    private readonly ms: number,
    private readonly onSilence: () => void,
  ) {}

  async during<T>(step: () => Promise<T>): Promise<T> {
    const timer = setTimeout(this.onSilence, this.ms);
    try {
      return await step();
    } finally {
      clearTimeout(timer);
    }
  }
}
