/** How long an engine took for an epoch: the time between being asked and reporting, and not that of writing it down. */
export class EngineTime {
  /** Milliseconds of the last epoch; null for the first of an attempt, which may have had to begin with something else. */
  durationMs: number | null = null;
  private spent = 0;
  private isFirst = true;
  private since: number;

  /** `now`: a monotonic clock, milliseconds. */
  constructor(private readonly now: () => number = () => performance.now()) {
    this.since = now();
  }

  /** The engine is asked for its next report. */
  resume(): void {
    this.since = this.now();
  }

  /** It has reported: an epoch, or something inside one. */
  stop(isEpoch: boolean): void {
    this.spent += this.now() - this.since;
    if (!isEpoch) return;
    this.durationMs = this.isFirst ? null : this.spent;
    this.isFirst = false;
    this.spent = 0;
  }
}
