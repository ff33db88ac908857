import { InjectQueue } from '@nestjs/bullmq';
import { Injectable, Logger } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { TRAINING_QUEUE } from '../../queue/queues.js';
import { withTimeLimit } from '../../queue/time-limit.js';
import { type Components, HealthStatus, overallStatus, type SharedComponents } from './health-state.js';
import { type Counts, HealthRepository } from './health.repository.js';
import { probe } from './probe.js';

export interface Assessment<T extends SharedComponents = Components> {
  status: HealthStatus;
  components: T;
  checkedAt: Date;
}

/** Versions that are named where files are damaged. */
const MOST_NAMED = 5;

const COUNT_TIMEOUT_MS = 2_000;

@Injectable()
export class HealthService {
  private readonly logger = new Logger('Health');
  private last: HealthStatus | undefined;
  private underWay: Promise<Assessment<SharedComponents>> | undefined;

  constructor(
    private readonly health: HealthRepository,
    @InjectQueue(TRAINING_QUEUE) private readonly queue: Queue,
  ) {}

  /** As a tenant is concerned. */
  async assess(tenantId: string): Promise<Assessment> {
    const [shared, artifacts] = await Promise.all([
      this.assessShared(),
      probe(async () => complaintOf(await this.health.ailingVersions(tenantId))),
    ]);
    const components = { ...shared.components, artifacts };
    return { ...shared, status: overallStatus(components), components };
  }

  /** Looks at every part; who asks while that goes on gets the same answer. One log line when the status changes. */
  assessShared(): Promise<Assessment<SharedComponents>> {
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

  private async look(): Promise<Assessment<SharedComponents>> {
    const [database, queue, workers] = await Promise.all([
      probe(() => this.health.ping().then(() => null)),
      probe(() => this.queue.getJobState('none').then(() => null)),
      probe(() => this.health.workersAlive().then((alive) => (alive > 0 ? null : 'no worker is alive'))),
    ]);
    const components = { database, queue, workers };
    const status = overallStatus(components);
    if (status !== this.last) this.report(status, components);
    return { status, components, checkedAt: new Date() };
  }

  private report(status: HealthStatus, components: SharedComponents): void {
    const ailing = Object.entries(components).filter(([, component]) => component.status !== HealthStatus.Healthy);
    const details = Object.fromEntries(ailing.map(([name, { detail }]) => [name, detail]));
    this.logger.log({ msg: 'Health changed', status, before: this.last, ...details });
    this.last = status;
  }
}

function complaintOf(versions: string[]): string | null {
  if (versions.length === 0) return null;
  const named = versions.slice(0, MOST_NAMED).join(', ');
  const more = versions.length > MOST_NAMED ? `, and ${versions.length - MOST_NAMED} more` : '';
  return `model files are damaged or missing: ${named}${more}`;
}
