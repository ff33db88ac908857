import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { ActiveInspections } from '../processing/active-inspections.js';
import { DatasetProcessor } from '../processing/dataset.processor.js';
import { ActiveRuns } from '../training/active-runs.js';
import { TrainingProcessor } from '../training/training.processor.js';
import { firstConnected } from '../../queue/backend.js';
import { withTimeLimit } from '../../queue/time-limit.js';

/** Opens the process for deliveries once it is ready, and closes it first of all when it ends. */
@Injectable()
export class DeliveryIntake implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(DeliveryIntake.name);

  constructor(
    private readonly datasets: DatasetProcessor,
    private readonly training: TrainingProcessor,
    private readonly runs: ActiveRuns,
    private readonly inspections: ActiveInspections,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    for (const { worker } of [this.datasets, this.training]) await firstConnected(worker, this.environment);
    this.datasets.worker.concurrency = this.environment.INSPECTIONS;
    this.training.worker.concurrency = this.environment.WORKER_CONCURRENCY;
    for (const { worker } of [this.datasets, this.training]) {
      worker.run().catch((error: Error) => this.logger.error(error));
    }
  }

  /** Takes nothing more, lets each run finish its current write, and hands it back for another worker to continue. */
  async beforeApplicationShutdown(): Promise<void> {
    this.closeWorkers();
    try {
      const handedBack = Promise.all([this.runs.stopAll('shutdown'), this.inspections.stopAll()]);
      await withTimeLimit(handedBack, this.environment.SHUTDOWN_TIMEOUT_MS, 'Handing back work');
    } catch (error) {
      this.logger.warn({ msg: 'Work left to its leases', reason: (error as Error).message });
    }
  }

  /**
   * Ends their waiting at once. One that is only paused goes on waiting for the delivery it waits for, and may take back
   * the very run that it hands over. Closing lasts until the runs have ended, so it is Nest that waits for it, later.
   */
  private closeWorkers(): void {
    for (const { worker } of [this.datasets, this.training]) {
      worker.close().catch((error: Error) => this.logger.warn({ msg: 'Queue trouble', reason: error.message }));
    }
  }
}
