import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, Logger } from '@nestjs/common';
import type { Job } from 'bullmq';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { withLogContext } from '../../logging/request-context.js';
import { DELIVERY_HANDLING, reportFailed } from '../../queue/handling.js';
import type { Outbox } from '../../queue/outbox.js';
import { TRAINING_OUTBOX } from '../../queue/queue.module.js';
import { DATASET_QUEUE, type DatasetDelivery } from '../../queue/queues.js';
import { WorkerIdentity } from '../workers/worker-identity.js';
import { problemOf } from './declaration.js';
import { ProcessingProtocol, type ClaimedDataset } from './processing.protocol.js';

/** Checks a dataset's declaration and settles its status. As for runs, only the row decides. */
@Processor(DATASET_QUEUE, DELIVERY_HANDLING)
export class DatasetProcessor extends WorkerHost {
  private readonly logger = new Logger(DatasetProcessor.name);

  constructor(
    private readonly protocol: ProcessingProtocol,
    @Inject(TRAINING_OUTBOX) private readonly outbox: Outbox,
    private readonly identity: WorkerIdentity,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {
    super();
  }

  async process({ data: { datasetId, generation } }: Job<DatasetDelivery>): Promise<void> {
    const claimed = await this.protocol.claim(datasetId, generation, this.identity.id, this.environment.LEASE_MS);
    if (!claimed) return;
    const context = { datasetId, attempt: claimed.attempt, requestId: claimed.requestId ?? undefined };
    await withLogContext(context, () => this.settle(claimed));
  }

  private async settle(dataset: ClaimedDataset): Promise<void> {
    const problem = problemOf(dataset);
    if (!(await this.protocol.settle(dataset, problem))) return;
    this.logger.log({ msg: problem ? 'Dataset in error' : 'Dataset ready', code: problem?.code });
    await this.outbox.dispatchDue();
  }

  @OnWorkerEvent('failed')
  onFailed(delivery: Job<DatasetDelivery> | undefined, error: Error): void {
    reportFailed(this.logger, { datasetId: delivery?.data.datasetId }, error);
  }

  @OnWorkerEvent('error')
  onError(error: Error): void {
    this.logger.warn({ msg: 'Queue trouble', queue: DATASET_QUEUE, reason: error.message });
  }
}
