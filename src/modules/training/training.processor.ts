import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, Logger } from '@nestjs/common';
import type { Job } from 'bullmq';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { runningQuotas } from '../../config/quotas.js';
import { withLogContext } from '../../logging/request-context.js';
import { DELIVERY_HANDLING, reportFailed } from '../../queue/handling.js';
import type { Outbox } from '../../queue/outbox.js';
import { TRAINING_OUTBOX } from '../../queue/queue.module.js';
import { pickupDelay } from '../../queue/pickup.metrics.js';
import { TRAINING_QUEUE, type RunDelivery } from '../../queue/queues.js';
import { WorkerIdentity } from '../workers/worker-identity.js';
import { persistently } from './persistently.js';
import type { Run } from './run.js';
import { RunProtocol } from './run.protocol.js';
import { RunTrace } from './run-trace.js';
import { Seclusion } from './seclusion.js';
import type { RunEnd } from './training.metrics.js';
import { TrainingRunner } from './training.runner.js';

/**
 * Where deliveries become runs. Only the row decides whether a delivery may train: one that is late, doubled or out of
 * date is acknowledged without effect. The queue's own lock and abort signal play no part.
 */
@Processor(TRAINING_QUEUE, DELIVERY_HANDLING)
export class TrainingProcessor extends WorkerHost {
  private readonly logger = new Logger(TrainingProcessor.name);

  private readonly withinQuotas: boolean;

  constructor(
    private readonly protocol: RunProtocol,
    private readonly runner: TrainingRunner,
    private readonly seclusion: Seclusion,
    private readonly identity: WorkerIdentity,
    @Inject(TRAINING_OUTBOX) private readonly outbox: Outbox,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {
    super();
    this.withinQuotas = runningQuotas(environment) !== null;
  }

  async process({ data: { jobId, generation }, timestamp }: Job<RunDelivery>): Promise<void> {
    pickupDelay.observe({ queue: 'training' }, Math.max(0, Date.now() - timestamp) / 1_000);
    // Acknowledged unclaimed: the reconciler finds that the queue has lost it, and sends it to a worker with room.
    if (this.seclusion.occupied) return;
    const run = await this.seclusion.admission(() => this.claim(jobId, generation));
    if (!run) return;
    run.trace = RunTrace.begin(run, this.identity.id);
    const { attempt, trace } = run;
    const traceParent = trace?.traceParent ?? run.traceParent ?? undefined;
    const context = { jobId, attempt, requestId: run.requestId ?? undefined, traceParent };
    try {
      await withLogContext(context, () => this.train(run));
    } finally {
      trace?.end();
    }
  }

  private async claim(jobId: string, generation: number): Promise<Run | null> {
    const { LEASE_MS } = this.environment;
    const run = await this.protocol.claim(jobId, generation, this.identity.id, LEASE_MS, this.withinQuotas);
    // Claimed while another run was being secluded here.
    if (run && this.seclusion.occupied) return this.release(run);
    return run;
  }

  private async train(run: Run): Promise<unknown> {
    if (run.lastChance && !(await this.seclusion.begin(run, this.worker))) return this.release(run);
    try {
      await this.runner.run(run);
    } finally {
      this.seclusion.lift(run.id);
      // Another job of its tenant may be waiting for its place.
      if (this.withinQuotas) void this.outbox.dispatchNow(run.id);
    }
  }

  private async release(run: Run): Promise<null> {
    run.trace?.outcome('handed_back' satisfies RunEnd);
    await persistently(() => this.protocol.release(run));
    return null;
  }

  @OnWorkerEvent('failed')
  onFailed(job: Job<RunDelivery> | undefined, error: Error): void {
    reportFailed(this.logger, { jobId: job?.data.jobId }, error);
  }

  @OnWorkerEvent('error')
  onError(error: Error): void {
    this.logger.warn({ msg: 'Queue trouble', queue: TRAINING_QUEUE, reason: error.message });
  }
}
