/**
 * Whether the database was away a short while ago, as far as this process could see. For one lease afterwards nobody is
 * declared lost: workers that sat out the same outage need that time to renew theirs.
 */
export class OutageMemory {
  private lastAnswer: { steady: number; wall: number };
  private quietUntil: number;

  /**
   * `leaseMs`: how long a lease lasts. `silenceMs`: more than ever passes between two answers while all is well.
   * `now`: two clocks, ms: one that never jumps, and one that goes on while the machine sleeps.
   */
  constructor(
    private readonly leaseMs: number,
    private readonly silenceMs: number,
    private readonly now = () => ({ steady: performance.now(), wall: Date.now() }),
  ) {
    this.lastAnswer = now();
    // Whoever starts does not know what was before: perhaps it was the outage that it waited for.
    this.quietUntil = this.lastAnswer.steady + leaseMs;
  }

  /** A silence counts as an outage too: a process on a machine that slept has seen nothing fail. */
  isRecent(): boolean {
    const { steady, wall } = this.now();
    const silence = Math.max(steady - this.lastAnswer.steady, wall - this.lastAnswer.wall);
    if (silence > this.silenceMs) this.failed();
    return steady < this.quietUntil;
  }

  answered(): void {
    this.lastAnswer = this.now();
  }

  failed(): void {
    this.quietUntil = this.now().steady + this.leaseMs;
  }
}
