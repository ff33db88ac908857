import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { POOL } from '../../database/database.module.js';
import type { Outbox } from '../../queue/outbox.js';
import { TRAINING_OUTBOX } from '../../queue/queue.module.js';
import { Redelivery } from '../../queue/redelivery.js';
import { type Sweep, sweep, type Sweeps } from '../../queue/sweep.js';
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

/** What the reconciler does for jobs. */
@Injectable()
export class JobSweeps {
  private readonly redelivery: Redelivery;

  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(TRAINING_OUTBOX) private readonly outbox: Outbox,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {
    const statements = { undelivered: UNDELIVERED, again: DISPATCH_AGAIN };
    this.redelivery = new Redelivery(pool, outbox, statements, environment.LEASE_MS);
  }

  /** `isAfterOutage`: workers may be alive that could not renew their leases; they are given the time to. */
  settling(isAfterOutage: () => boolean): Sweeps {
    const judge = (statement: Sweep, values: unknown[] = []) =>
      isAfterOutage() ? Promise.resolve(0) : sweep(this.pool, statement, values);
    return {
      jobsCancelled: () => sweep(this.pool, END_ORPHANED_CANCELS),
      jobsPaused: () => sweep(this.pool, END_ORPHANED_PAUSES),
      jobsOverdue: () => judge(END_OVERDUE),
      workersLost: () => judge(DECLARE_LOST, [this.environment.LEASE_MS]),
      jobsWoken: () => sweep(this.pool, WAKE_WAITING),
      jobsFailed: () => sweep(this.pool, FAIL_WAITING),
    };
  }

  feeding(): Sweeps {
    return {
      jobsRedelivered: () => this.redelivery.next(),
      jobsDispatched: () => this.outbox.dispatchDue(),
    };
  }
}
