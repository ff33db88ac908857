/** Weight of the newest epoch in the running average of epoch durations. */
const WEIGHT = 0.2;

/** Estimates the time left from how long epochs have taken, newer ones counting more. */
export class TimeLeft {
  private last: number;

  /** `epochMs`: what an epoch is expected to take, until one has been measured. `now`: a monotonic clock, ms. */
  constructor(
    private epochMs: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.last = now();
  }

  /** Milliseconds that the remaining epochs will take; called as each epoch ends. */
  afterEpoch(remaining: number): number {
    const at = this.now();
    this.epochMs += WEIGHT * (at - this.last - this.epochMs);
    this.last = at;
    return Math.round(this.epochMs * remaining);
  }
}
