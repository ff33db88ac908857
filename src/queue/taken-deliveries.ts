/**
 * Deliveries that a worker has taken and not claimed, and since when as far as this process has seen. The queue alone
 * would give them to another worker once its lock on them runs out, by the clock of whoever took them.
 */
export class TakenDeliveries {
  private before = new Map<string, number>();
  private seen = new Map<string, number>();

  /** `patienceMs`: how long is long. `now`: a monotonic clock, ms. */
  constructor(
    private readonly patienceMs: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Whether it has been so for long; called for each that is. */
  isOverdue(deliveryId: string): boolean {
    const since = this.seen.get(deliveryId) ?? this.before.get(deliveryId) ?? this.now();
    this.seen.set(deliveryId, since);
    return this.now() - since >= this.patienceMs;
  }

  /** After all rows were looked at once: whatever was not among them is not taken any more. */
  forgetOthers(): void {
    this.before = this.seen;
    this.seen = new Map();
  }
}
