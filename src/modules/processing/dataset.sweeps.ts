import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { POOL } from '../../database/database.module.js';
import type { Outbox } from '../../queue/outbox.js';
import { DATASET_OUTBOX } from '../../queue/queue.module.js';
import { redeliver, sweep } from '../../queue/sweep.js';
import { DISPATCH_AGAIN, RECOVER_EXPIRED, UNDELIVERED } from './processing.statements.js';

/** What the reconciler does for datasets. */
@Injectable()
export class DatasetSweeps {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(DATASET_OUTBOX) private readonly outbox: Outbox,
  ) {}

  /** How many rows each sweep put right. */
  async sweep(): Promise<Record<string, number>> {
    return {
      datasetsRecovered: await sweep(this.pool, RECOVER_EXPIRED),
      datasetsRedelivered: await redeliver(this.pool, this.outbox, UNDELIVERED, DISPATCH_AGAIN),
      datasetsDispatched: await this.outbox.dispatchDue(),
    };
  }
}
