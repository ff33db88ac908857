import { Logger } from '@nestjs/common';
import type { Pool } from 'pg';
import type { Waiting } from './reserve.js';

/** Milliseconds in which a worker usually claims what it was sent: most rows need no clearing after that. */
const REST_MS = 250;

/**
 * Deliveries that the queue has accepted. Their rows need not come due again, which a claim sees to by itself: what is
 * left after a moment is cleared together. Until then, as after a death in between, a row comes due when it was reserved
 * until, and is delivered twice.
 */
export class Accepted {
  private readonly logger = new Logger('Outbox');
  private waiting: Waiting[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly pool: Pool,
    private readonly table: string,
  ) {}

  /** To be cleared in a moment. */
  remember(accepted: readonly Waiting[]): void {
    this.waiting.push(...accepted);
    this.timer ??= setTimeout(() => void this.clearRemembered(), REST_MS).unref();
  }

  /** Guarded by the generation that was delivered, and by what the row says: a claimed one is left alone. */
  async clear(accepted: readonly Waiting[]): Promise<void> {
    if (accepted.length === 0) return;
    await this.pool.query({
      name: `outbox-clear-${this.table}`,
      text: `
        UPDATE ${this.table} AS row SET dispatch_at = NULL
        FROM unnest($1::text[], $2::int[]) AS added (id, generation)
        WHERE row.id = added.id AND row.generation = added.generation AND row.dispatch_at IS NOT NULL`,
      values: [accepted.map((row) => row.id), accepted.map((row) => row.generation)],
    });
  }

  /** Of what is remembered. Never throws: it comes due again. */
  async clearRemembered(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const accepted = this.waiting.splice(0);
    try {
      await this.clear(accepted);
    } catch (error) {
      this.logger.warn({ msg: 'Accepted deliveries not cleared', reason: (error as Error).message });
    }
  }
}
