import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Pool } from 'pg';
import { POOL } from '../../database/database.module.js';
import { WorkerIdentity } from './worker-identity.js';

const BEAT_MS = 5_000;
/** Rows of workers that died without a farewell are kept a day, for whoever looks into it. */
const FORGET_AFTER = '1 day';

/** Keeps this process in the list of living workers. */
@Injectable()
export class WorkerLiveness implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(WorkerLiveness.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(POOL) private readonly pool: Pool,
    private readonly identity: WorkerIdentity,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.beat();
    this.timer = setInterval(() => void this.beat(), BEAT_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.pool.query('DELETE FROM workers WHERE id = $1', [this.identity.id]).catch(() => {});
  }

  private async beat(): Promise<void> {
    const { id, host, capacity } = this.identity;
    try {
      await this.pool.query(
        `
        WITH forgotten AS (DELETE FROM workers WHERE seen_at < clock_timestamp() - interval '${FORGET_AFTER}')
        INSERT INTO workers (id, host, capacity) VALUES ($1, $2, $3)
        ON CONFLICT (id) DO UPDATE SET seen_at = clock_timestamp()`,
        [id, host, capacity],
      );
    } catch (error) {
      this.logger.warn({ msg: 'No sign of life given', reason: (error as Error).message });
    }
  }
}
