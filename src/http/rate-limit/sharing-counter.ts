import { Logger } from '@nestjs/common';
import type { Counted, Standing } from './policy.js';
import type { RateCounter } from './rate-counter.js';

/** Counts in all processes, and in this one alone while the others cannot be asked: nobody waits for long, nobody is let off. */
export class SharingCounter implements RateCounter {
  private readonly logger = new Logger('RateLimit');
  private isAway = false;

  constructor(
    private readonly shared: RateCounter,
    private readonly own: RateCounter,
  ) {}

  async count(requests: readonly Counted[]): Promise<Standing[]> {
    try {
      const standings = await this.shared.count(requests);
      this.told(false);
      return standings;
    } catch (error) {
      this.told(true, error);
      return this.own.count(requests);
    }
  }

  close(): void {
    this.shared.close();
    this.own.close();
  }

  private told(isAway: boolean, error?: unknown): void {
    if (isAway === this.isAway) return;
    this.isAway = isAway;
    if (isAway) this.logger.warn({ msg: 'Redis is away: requests are counted by each process alone', err: error });
    else this.logger.log('Requests are counted in Redis again');
  }
}
