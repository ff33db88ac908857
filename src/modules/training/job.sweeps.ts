import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { POOL } from '../../database/database.module.js';
import type { Outbox } from '../../queue/outbox.js';
import { TRAINING_OUTBOX } from '../../queue/queue.module.js';
import { Redelivery } from '../../queue/redelivery.js';
import { sweep } from '../../queue/sweep.js';
import {
  DECLARE_LOST,
  DISPATCH_AGAIN,
  END_ORPHANED_CANCELS,
  END_ORPHANED_PAUSES,
  END_OVERDUE,
  FAIL_WAITING,
  UNDELIVERED,
  WAKE_WAITING,
} from './job.sweep.statements.js';

/** What the reconciler does for jobs; each gives how many rows it put right. */
@Injectable()
export class JobSweeps {
  private readonly redelivery: Redelivery;

  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(TRAINING_OUTBOX) private readonly outbox: Outbox,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {
    this.redelivery = new Redelivery(pool, outbox, UNDELIVERED, DISPATCH_AGAIN);
  }

  /** `afterOutage`: workers may be alive that could not renew their leases; they are given the time to. */
  async settleRows(afterOutage: boolean): Promise<Record<string, number>> {
    return {
      jobsCancelled: await sweep(this.pool, END_ORPHANED_CANCELS),
      jobsPaused: await sweep(this.pool, END_ORPHANED_PAUSES),
      jobsOverdue: afterOutage ? 0 : await sweep(this.pool, END_OVERDUE),
      workersLost: afterOutage ? 0 : await sweep(this.pool, DECLARE_LOST, [this.environment.LEASE_MS]),
      jobsWoken: await sweep(this.pool, WAKE_WAITING),
      jobsFailed: await sweep(this.pool, FAIL_WAITING),
    };
  }

  async feedQueue(): Promise<Record<string, number>> {
    return {
      jobsRedelivered: await this.redelivery.next(),
      jobsDispatched: await this.outbox.dispatchDue(),
    };
  }
}
