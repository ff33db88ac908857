import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { POOL } from '../../database/database.module.js';
import type { Outbox } from '../../queue/outbox.js';
import { DATASET_OUTBOX } from '../../queue/queue.module.js';
import { Redelivery } from '../../queue/redelivery.js';
import { sweep } from '../../queue/sweep.js';
import { DISPATCH_AGAIN, RECOVER_EXPIRED, UNDELIVERED } from './processing.statements.js';

/** What the reconciler does for datasets; each gives how many rows it put right. */
@Injectable()
export class DatasetSweeps {
  private readonly redelivery: Redelivery;

  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(DATASET_OUTBOX) private readonly outbox: Outbox,
  ) {
    this.redelivery = new Redelivery(pool, outbox, UNDELIVERED, DISPATCH_AGAIN);
  }

  async settleRows(): Promise<Record<string, number>> {
    return { datasetsRecovered: await sweep(this.pool, RECOVER_EXPIRED) };
  }

  async feedQueue(): Promise<Record<string, number>> {
    return {
      datasetsRedelivered: await this.redelivery.next(),
      datasetsDispatched: await this.outbox.dispatchDue(),
    };
  }
}
