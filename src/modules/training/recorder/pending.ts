import type { Run } from '../run.js';
import { HEARTBEAT, type Change, type Outcome } from './change.js';

/** A run's next write and everybody who waits for it. A report absorbs a waiting heartbeat, and the reverse. */
export class Pending {
  private readonly waiters: { resolve: (outcome: Outcome) => void; reject: (error: unknown) => void }[] = [];

  change: Change = HEARTBEAT;

  constructor(readonly run: Run) {}

  absorb(change: Change): void {
    this.change = { ...this.change, ...change };
  }

  /** Takes over a later write of the same run, with those who wait for it. */
  merge(later: Pending): void {
    this.absorb(later.change);
    this.waiters.push(...later.waiters);
  }

  outcome(): Promise<Outcome> {
    return new Promise((resolve, reject) => this.waiters.push({ resolve, reject }));
  }

  resolve(outcome: Outcome): void {
    for (const waiter of this.waiters) waiter.resolve(outcome);
  }

  reject(error: unknown): void {
    for (const waiter of this.waiters) waiter.reject(error);
  }
}
