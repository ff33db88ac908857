import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { POOL } from '../../database/database.module.js';
import type { Outbox } from '../../queue/outbox.js';
import { TRAINING_OUTBOX } from '../../queue/queue.module.js';
import { redeliver, sweep } from '../../queue/sweep.js';
import {
  DISPATCH_AGAIN,
  END_ORPHANED_CANCELS,
  RECOVER_EXPIRED,
  UNDELIVERED,
  WAKE_WAITING,
} from './job.sweep.statements.js';

/** What the reconciler does for jobs. */
@Injectable()
export class JobSweeps {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(TRAINING_OUTBOX) private readonly outbox: Outbox,
  ) {}

  /** How many rows each sweep put right. */
  async sweep(): Promise<Record<string, number>> {
    return {
      jobsCancelled: await sweep(this.pool, END_ORPHANED_CANCELS),
      jobsRecovered: await sweep(this.pool, RECOVER_EXPIRED),
      jobsWoken: await sweep(this.pool, WAKE_WAITING),
      jobsRedelivered: await redeliver(this.pool, this.outbox, UNDELIVERED, DISPATCH_AGAIN),
      jobsDispatched: await this.outbox.dispatchDue(),
    };
  }
}
