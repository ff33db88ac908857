/**
 * Whether the database was away a short while ago, as far as this process could see. For one lease afterwards nobody is
 * declared lost: workers that sat out the same outage need that time to renew theirs.
 */
export class OutageMemory {
  private lastAnswer: number;
  private quietUntil = Number.NEGATIVE_INFINITY;

  /**
   * `leaseMs`: how long a lease lasts. `silenceMs`: more than ever passes between two answers while all is well.
   * `now`: a monotonic clock, ms.
   */
  constructor(
    private readonly leaseMs: number,
    private readonly silenceMs: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.lastAnswer = now();
  }

  /** A silence counts as an outage too: a process on a machine that slept has seen nothing fail. */
  isRecent(): boolean {
    if (this.now() - this.lastAnswer > this.silenceMs) this.failed();
    return this.now() < this.quietUntil;
  }

  answered(): void {
    this.lastAnswer = this.now();
  }

  failed(): void {
    this.quietUntil = this.now() + this.leaseMs;
  }
}
