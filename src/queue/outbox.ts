import { Logger, type OnModuleDestroy } from '@nestjs/common';
import type { Queue } from 'bullmq';
import type { Pool } from 'pg';
import { Accepted } from './accepted.js';
import { Patience } from './patience.js';
import { dispatchDelay, QUEUE_OF } from './dispatch.metrics.js';
import { inDispatchSpans } from './dispatch.spans.js';
import { deliveryId } from './queues.js';
import { type Due, type Reserve, RESERVED_AT_ONCE, RESERVED_SECONDS, type Waiting } from './reserve.js';

/** Milliseconds the queue may take to answer; rows that are due stay so and are tried again. */
const PATIENCE_MS = 5_000;

/** Not in the queue any more, with a worker that took it, or still waiting for one. */
export type Whereabouts = 'gone' | 'taken' | 'waiting';

/** BullMQ's states of a delivery that does not wait. */
const WHEREABOUTS: Readonly<Record<string, Whereabouts>> = {
  unknown: 'gone',
  completed: 'gone',
  failed: 'gone',
  active: 'taken',
};

/** A table whose rows are their own outbox: `dispatch_at` set means that the queue must hear of this generation. */
export interface OutboxTable {
  table: 'training_jobs' | 'training_datasets';
  payload: (id: string, generation: number) => object;
}

/**
 * Takes due rows to the queue. At least once: a row is cleared only after the queue accepted it, guarded by the
 * generation that was added; a process that dies in between leaves it due again after ten seconds.
 */
export class Outbox implements OnModuleDestroy {
  /**
   * Seconds until which whoever makes a row due may reserve it for `deliver`. None where a row's turn depends on others:
   * those are for `dispatchNow`.
   */
  readonly reservableSeconds: number;
  private readonly logger = new Logger('Outbox');
  private readonly patience = new Patience(PATIENCE_MS);
  private readonly accepted: Accepted;

  constructor(
    pool: Pool,
    private readonly queue: Queue,
    private readonly of: OutboxTable,
    private readonly reserve: Reserve,
  ) {
    this.accepted = new Accepted(pool, of.table);
    this.reservableSeconds = reserve.takesTurns ? 0 : RESERVED_SECONDS;
  }

  onModuleDestroy(): Promise<void> {
    return this.accepted.clearRemembered();
  }

  /** Right after a commit; never throws, because a reconciler dispatches what is left. */
  dispatchNow(id: string): Promise<void> {
    return this.soon(id, async () => this.deliverAll(await this.reserve(id)));
  }

  /** The same of a row that was reserved by the change that made it due. */
  deliver(due: Due): Promise<void> {
    return this.soon(due.id, () => this.deliverAll([due]));
  }

  /** Everything that is due. Returns how many deliveries were added. */
  async dispatchDue(): Promise<number> {
    let added = 0;
    for (;;) {
      const due = await this.reserve(null);
      await this.add(due);
      await this.accepted.clear(due);
      added += due.length;
      if (due.length < RESERVED_AT_ONCE) return added;
    }
  }

  /** Where the delivery of each row is, as far as the queue knows. */
  async whereabouts(rows: readonly Waiting[]): Promise<Whereabouts[]> {
    const states = await this.patience.await('Asking the queue', () =>
      Promise.all(rows.map((row) => this.queue.getJobState(deliveryId(row.id, row.generation)))),
    );
    return states.map((state) => WHEREABOUTS[state] ?? 'waiting');
  }

  private async soon(id: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.logger.warn({ msg: 'Dispatch postponed', id, reason: (error as Error).message });
    }
  }

  private async deliverAll(due: readonly Due[]): Promise<void> {
    await this.add(due);
    this.accepted.remember(due);
  }

  /** BullMQ takes six times as long for a bulk of one as for one (PostgreSQL). */
  private async addAll(deliveries: Parameters<Queue['addBulk']>[0]): Promise<void> {
    const [only] = deliveries;
    if (deliveries.length === 1) await this.queue.add(only!.name, only!.data, only!.opts);
    else await this.queue.addBulk(deliveries);
  }

  private async add(due: readonly Due[]): Promise<void> {
    if (due.length === 0) return;
    const deliveries = due.map(({ id, generation, priority }) => ({
      name: this.of.table,
      data: this.of.payload(id, generation),
      opts: { jobId: deliveryId(id, generation), priority },
    }));
    const from = performance.now();
    const queue = QUEUE_OF[this.of.table];
    await inDispatchSpans(queue, due, () => this.patience.await('Adding to the queue', () => this.addAll(deliveries)));
    const took = performance.now() - from;
    for (const { overdue } of due) dispatchDelay.observe({ queue }, (overdue + took) / 1_000);
  }
}
