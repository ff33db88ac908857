import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, Logger } from '@nestjs/common';
import type { Job } from 'bullmq';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { withLogContext } from '../../logging/request-context.js';
import { DELIVERY_HANDLING, reportFailed } from '../../queue/handling.js';
import type { Outbox } from '../../queue/outbox.js';
import { TRAINING_OUTBOX } from '../../queue/queue.module.js';
import { pickupDelay } from '../../queue/pickup.metrics.js';
import { DATASET_QUEUE, type DatasetDelivery } from '../../queue/queues.js';
import { type Beginning, inSpan } from '../../tracing/spans.js';
import { traceParentOf } from '../../tracing/trace-parent.js';
import { WorkerIdentity } from '../workers/worker-identity.js';
import { persistently } from '../training/persistently.js';
import { ActiveInspections } from './active-inspections.js';
import { DatasetInspection } from './dataset-inspection.js';
import { InspectionAbortedError } from './inspection/inspector.errors.js';
import { mayPass } from './may-pass.js';
import { type ClaimedDataset, type Finding, ProcessingProtocol } from './processing.protocol.js';

/** Has a dataset looked at and settles its status. As for runs, only the row decides. */
@Processor(DATASET_QUEUE, DELIVERY_HANDLING)
export class DatasetProcessor extends WorkerHost {
  private readonly logger = new Logger(DatasetProcessor.name);

  constructor(
    private readonly protocol: ProcessingProtocol,
    private readonly inspection: DatasetInspection,
    private readonly active: ActiveInspections,
    @Inject(TRAINING_OUTBOX) private readonly outbox: Outbox,
    private readonly identity: WorkerIdentity,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {
    super();
  }

  async process({ data: { datasetId, generation }, timestamp }: Job<DatasetDelivery>): Promise<void> {
    pickupDelay.observe({ queue: 'datasets' }, Math.max(0, Date.now() - timestamp) / 1_000);
    const claimed = await this.protocol.claim(datasetId, generation, this.identity.id, this.environment.LEASE_MS);
    if (!claimed) return;
    const { attempt, requestId } = claimed;
    await inSpan('process dataset', beginning(claimed, this.identity.id), (span) => {
      const context = {
        datasetId,
        attempt,
        requestId: requestId ?? undefined,
        traceParent: span && traceParentOf(span),
      };
      return withLogContext(context, () => this.active.during((abort) => this.look(claimed, abort)));
    });
  }

  private async look(dataset: ClaimedDataset, abort: AbortController): Promise<void> {
    const letGo = this.inspection.keepLease(dataset, abort);
    try {
      await this.settle(dataset, await this.inspection.of(dataset, abort));
    } catch (error) {
      await this.giveUp(dataset, error as Error);
    } finally {
      letGo();
    }
  }

  /** Nothing was found out: handed back, tried again when the reason may pass, and settled as an error of ours else. */
  private async giveUp(dataset: ClaimedDataset, error: Error): Promise<void> {
    if (error instanceof InspectionAbortedError) return persistently(() => this.protocol.release(dataset, 0));
    const msg = 'Dataset not looked at';
    if (mayPass(error)) {
      this.logger.warn({ msg, reason: error.message });
      return persistently(() => this.protocol.release(dataset, this.environment.RETRY_BACKOFF_MS));
    }
    this.logger.error({ msg, err: error });
    await this.settle(dataset, {
      problems: [{ code: 'internal_error', detail: 'The dataset could not be looked at.' }],
    });
  }

  private async settle(dataset: ClaimedDataset, finding: Finding): Promise<void> {
    if (!(await persistently(() => this.protocol.settle(dataset, finding)))) return;
    const code = finding?.problems?.[0]?.code;
    this.logger.log({ msg: finding?.problems ? 'Dataset in error' : 'Dataset ready', code });
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

/** A trace of its own: it may follow its request by hours, and be one of many looks. */
const beginning = ({ id, attempt }: ClaimedDataset, workerId: string): Beginning => ({
  kind: 'consumer',
  attributes: {
    'messaging.system': 'bullmq',
    'messaging.destination.name': 'datasets',
    'messaging.operation.type': 'process',
    'ai_training.dataset.id': id,
    'ai_training.attempt': attempt,
    'ai_training.worker.id': workerId,
  },
});
