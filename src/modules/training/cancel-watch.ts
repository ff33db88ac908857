import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Pool } from 'pg';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { POOL } from '../../database/database.module.js';
import { Listener } from '../../database/listener.js';
import { CANCEL_CHANNEL } from '../../queue/queues.js';
import { ActiveRuns } from './active-runs.js';

/** Stops a run promptly when a cancel is notified. Without it the next write of the run would find out. */
@Injectable()
export class CancelWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(CancelWatch.name);
  private readonly listener: Listener;

  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(ENVIRONMENT) environment: Environment,
    private readonly active: ActiveRuns,
  ) {
    this.listener = new Listener(environment.DATABASE_URL ?? '', CANCEL_CHANNEL, {
      onNotification: (jobId) => this.active.stop(jobId, 'cancelled'),
      onConnected: () => void this.catchUp(),
      onLost: (reason) => this.logger.warn({ msg: 'No word of cancels for the moment', reason }),
    });
  }

  onApplicationBootstrap(): Promise<void> {
    return this.listener.connect();
  }

  onApplicationShutdown(): Promise<void> {
    return this.listener.close();
  }

  /** What was asked for while nobody listened. */
  private async catchUp(): Promise<void> {
    const sql = 'SELECT id FROM training_jobs WHERE id = ANY($1) AND cancel_requested_at IS NOT NULL';
    try {
      const { rows } = await this.pool.query<{ id: string }>(sql, [this.active.ids()]);
      for (const { id } of rows) this.active.stop(id, 'cancelled');
    } catch (error) {
      this.logger.warn({ msg: 'Cancels not caught up with', reason: (error as Error).message });
    }
  }
}
