import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { POOL } from '../../database/database.module.js';
import { REMOVE_EXPIRED } from '../../http/idempotency/idempotency.statements.js';
import { sweep, type Sweeps } from '../../queue/sweep.js';

/** What the reconciler does for stored answers. */
@Injectable()
export class IdempotencySweeps {
  constructor(@Inject(POOL) private readonly pool: Pool) {}

  forgetting(): Sweeps {
    return { idempotencyKeysExpired: () => sweep(this.pool, REMOVE_EXPIRED) };
  }
}
