import { arrive } from './gcra.js';
import type { Counted, Standing } from './policy.js';
import type { RateCounter } from './rate-counter.js';

/** Keys that are remembered; some 100 bytes each. */
const MOST_KEYS = 100_000;

/** Counts for this process alone. Of too many keys those are forgotten that were counted first. */
export class MemoryCounter implements RateCounter {
  private readonly expectedAt = new Map<string, number>();

  constructor(
    private readonly now: () => number = Date.now,
    private readonly mostKeys = MOST_KEYS,
  ) {}

  get size(): number {
    return this.expectedAt.size;
  }

  count(requests: readonly Counted[]): Promise<Standing[]> {
    return Promise.resolve(requests.map((request) => this.one(request)));
  }

  close(): void {}

  private one({ policy, key }: Counted): Standing {
    const name = `${policy.name}:${key}`;
    const { next, ...standing } = arrive(policy, this.expectedAt.get(name), this.now());
    // Written anew, so that the map is in the order of the last request.
    this.expectedAt.delete(name);
    this.expectedAt.set(name, next);
    this.forget();
    return standing;
  }

  /** What was counted first goes first, while it is over or there are too many; each key is forgotten once. */
  private forget(): void {
    for (const [name, at] of this.expectedAt) {
      if (at > this.now() && this.expectedAt.size <= this.mostKeys) return;
      this.expectedAt.delete(name);
    }
  }
}
