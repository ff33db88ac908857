import { InjectQueue } from '@nestjs/bullmq';
import { Inject, Injectable } from '@nestjs/common';
import type { Queue } from 'bullmq';
import type { Pool } from 'pg';
import { POOL } from '../../../database/database.module.js';
import { TRAINING_QUEUE } from '../../../queue/queues.js';
import { HealthStatus } from '../health-state.js';
import { probe } from '../probe.js';

export interface Verdict {
  /** `degraded`: the queue is away, so that work waits; whoever sends requests may go on. */
  status: 'ok' | 'degraded' | 'unavailable';
  database: HealthStatus;
  queue: HealthStatus;
}

/** Whether this process can do its work. Its schema is current, or it would not have started. */
@Injectable()
export class Readiness {
  /** Set once it is told to end. */
  isClosing = false;

  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @InjectQueue(TRAINING_QUEUE) private readonly trainingQueue: Queue,
  ) {}

  async verdict(): Promise<Verdict> {
    const [database, queue] = await Promise.all([
      probe(() => this.pool.query('SELECT 1').then(() => null)),
      probe(() => this.trainingQueue.getJobState('none').then(() => null)),
    ]);
    const isUp = database.status === HealthStatus.Healthy && !this.isClosing;
    const status = !isUp ? 'unavailable' : queue.status === HealthStatus.Healthy ? 'ok' : 'degraded';
    return { status, database: database.status, queue: queue.status };
  }
}
