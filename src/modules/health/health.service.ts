import { InjectQueue } from '@nestjs/bullmq';
import { Injectable, Logger } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { TRAINING_QUEUE } from '../../queue/queues.js';
import { withTimeLimit } from '../../queue/time-limit.js';
import { type Components, HealthStatus, overallStatus } from './health-state.js';
import { type Counts, HealthRepository } from './health.repository.js';
import { probe } from './probe.js';

export interface Assessment {
  status: HealthStatus;
  components: Components;
  checkedAt: Date;
}

const COUNT_TIMEOUT_MS = 2_000;

@Injectable()
export class HealthService {
  private readonly logger = new Logger('Health');
  private last: HealthStatus | undefined;
  private underWay: Promise<Assessment> | undefined;

  constructor(
    private readonly health: HealthRepository,
    @InjectQueue(TRAINING_QUEUE) private readonly queue: Queue,
  ) {}

  /** Looks at every part; who asks while that goes on gets the same answer. One log line when the status changes. */
  assess(): Promise<Assessment> {
    this.underWay ??= this.look().finally(() => (this.underWay = undefined));
    return this.underWay;
  }

  /** Whether the process can serve requests. */
  async isReady(): Promise<boolean> {
    const { status } = await probe(() => this.health.ping().then(() => null));
    return status === HealthStatus.Healthy;
  }

  /** Null while the database does not answer. */
  counts(tenantId: string): Promise<Counts | null> {
    return withTimeLimit(this.health.counts(tenantId), COUNT_TIMEOUT_MS, 'Counting').catch(() => null);
  }

  private async look(): Promise<Assessment> {
    const [database, queue, workers, artifacts] = await Promise.all([
      probe(() => this.health.ping().then(() => null)),
      probe(() => this.queue.getJobState('none').then(() => null)),
      probe(() => this.health.workersAlive().then((alive) => (alive > 0 ? null : 'no worker is alive'))),
      probe(() => this.health.modelFilesAiling().then((ailing) => (ailing > 0 ? complaint(ailing) : null))),
    ]);
    const components = { database, queue, workers, artifacts };
    const status = overallStatus(components);
    if (status !== this.last) this.report(status, components);
    return { status, components, checkedAt: new Date() };
  }

  private report(status: HealthStatus, components: Components): void {
    const ailing = Object.entries(components).filter(([, component]) => component.status !== HealthStatus.Healthy);
    const details = Object.fromEntries(ailing.map(([name, { detail }]) => [name, detail]));
    this.logger.log({ msg: 'Health changed', status, before: this.last, ...details });
    this.last = status;
  }
}

function complaint(ailing: number): string {
  return ailing === 1 ? '1 model file is damaged or missing' : `${ailing} model files are damaged or missing`;
}
