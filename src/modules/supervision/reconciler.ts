import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { DatasetSweeps } from '../processing/dataset.sweeps.js';
import { JobSweeps } from '../training/job.sweeps.js';
import { IdempotencySweeps } from './idempotency.sweeps.js';
import { OutageMemory } from './outage-memory.js';

/** Milliseconds that one round may take on a machine that is busy, and awake. */
const SLOW_ROUND_MS = 5_000;

type Step = () => Promise<Record<string, number>>;

/** Runs in every worker, every few seconds: repairs what died between a commit and the queue, or while training. */
@Injectable()
export class Reconciler implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Reconciler.name);
  private readonly outages: OutageMemory;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly datasets: DatasetSweeps,
    private readonly jobs: JobSweeps,
    private readonly idempotency: IdempotencySweeps,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {
    const { LEASE_MS, RECONCILE_INTERVAL_MS } = environment;
    // A round that is merely slow, on a busy machine, must not pass for an outage: nobody would ever be declared lost.
    this.outages = new OutageMemory(LEASE_MS, Math.max(LEASE_MS / 2, 2 * RECONCILE_INTERVAL_MS + SLOW_ROUND_MS));
  }

  onApplicationBootstrap(): void {
    this.running = this.round();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  /** The rows first: they do not depend on a queue that may not answer. */
  private async round(): Promise<void> {
    const settled = await this.each([
      () => this.datasets.settleRows(),
      () => this.jobs.settleRows(this.outages.isRecent()),
    ]);
    if (!settled) this.outages.failed();
    await this.each([() => this.datasets.feedQueue(), () => this.jobs.feedQueue(), () => this.idempotency.sweep()]);
    if (settled) this.outages.answered();
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.round();
    }, this.environment.RECONCILE_INTERVAL_MS);
  }

  /** False when one of them failed. */
  private async each(steps: readonly Step[]): Promise<boolean> {
    let succeeded = true;
    for (const step of steps) {
      try {
        const repaired = Object.entries(await step()).filter(([, rows]) => rows > 0);
        if (repaired.length > 0) this.logger.log({ msg: 'Reconciled', ...Object.fromEntries(repaired) });
      } catch (error) {
        succeeded = false;
        this.logger.warn({ msg: 'Reconciling failed, trying again', reason: (error as Error).message });
      }
    }
    return succeeded;
  }
}
