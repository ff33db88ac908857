import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, Logger } from '@nestjs/common';
import type { Job } from 'bullmq';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { withLogContext } from '../../logging/request-context.js';
import { DELIVERY_HANDLING } from '../../queue/handling.js';
import { TRAINING_QUEUE, type RunDelivery } from '../../queue/queues.js';
import { WorkerIdentity } from '../workers/worker-identity.js';
import { RunProtocol } from './run.protocol.js';
import { TrainingRunner } from './training.runner.js';

/**
 * Where deliveries become runs. Only the row decides whether a delivery may train: one that is late, doubled or out of
 * date is acknowledged without effect. The queue's own lock and abort signal play no part.
 */
@Processor(TRAINING_QUEUE, DELIVERY_HANDLING)
export class TrainingProcessor extends WorkerHost {
  private readonly logger = new Logger(TrainingProcessor.name);

  constructor(
    private readonly protocol: RunProtocol,
    private readonly runner: TrainingRunner,
    private readonly identity: WorkerIdentity,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {
    super();
  }

  async process({ data: { jobId, generation } }: Job<RunDelivery>): Promise<void> {
    const run = await this.protocol.claim(jobId, generation, this.identity.id, this.environment.LEASE_MS);
    if (!run) return;
    const context = { jobId, attempt: run.attempt, requestId: run.requestId ?? undefined };
    await withLogContext(context, () => this.runner.run(run));
  }

  @OnWorkerEvent('failed')
  onFailed(job: Job<RunDelivery> | undefined, error: Error): void {
    this.logger.error({ msg: 'Delivery failed; the reconciler will see to it', jobId: job?.data.jobId, err: error });
  }

  @OnWorkerEvent('error')
  onError(error: Error): void {
    this.logger.warn({ msg: 'Queue trouble', queue: TRAINING_QUEUE, reason: error.message });
  }
}
