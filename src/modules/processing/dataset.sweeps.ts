import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { POOL } from '../../database/database.module.js';
import type { Outbox } from '../../queue/outbox.js';
import { DATASET_OUTBOX } from '../../queue/queue.module.js';
import { Redelivery } from '../../queue/redelivery.js';
import { sweep, type Sweeps } from '../../queue/sweep.js';
import { DISPATCH_AGAIN, GIVE_UP, RECOVER_EXPIRED, UNDELIVERED } from './processing.statements.js';

/** What the reconciler does for datasets. */
@Injectable()
export class DatasetSweeps {
  private readonly redelivery: Redelivery;

  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(DATASET_OUTBOX) private readonly outbox: Outbox,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    const statements = { undelivered: UNDELIVERED, again: DISPATCH_AGAIN };
    this.redelivery = new Redelivery(pool, outbox, statements, environment.LEASE_MS);
  }

  settling(): Sweeps {
    return {
      datasetsGivenUp: () => sweep(this.pool, GIVE_UP),
      datasetsRecovered: () => sweep(this.pool, RECOVER_EXPIRED),
    };
  }

  feeding(): Sweeps {
    return {
      datasetsRedelivered: () => this.redelivery.next(),
      datasetsDispatched: () => this.outbox.dispatchDue(),
    };
  }
}
