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

/** Runs in every worker, every few seconds: repairs what died between a commit and the queue, or while training. */
@Injectable()
export class Reconciler implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Reconciler.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly datasets: DatasetSweeps,
    private readonly jobs: JobSweeps,
    private readonly idempotency: IdempotencySweeps,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.round();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private async round(): Promise<void> {
    for (const sweeps of [this.datasets, this.jobs, this.idempotency]) {
      try {
        const repaired = Object.entries(await sweeps.sweep()).filter(([, rows]) => rows > 0);
        if (repaired.length > 0) this.logger.log({ msg: 'Reconciled', ...Object.fromEntries(repaired) });
      } catch (error) {
        this.logger.warn({ msg: 'Reconciling failed, trying again', reason: (error as Error).message });
      }
    }
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.round();
    }, this.environment.RECONCILE_INTERVAL_MS);
  }
}
