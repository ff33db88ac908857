import { Inject, Injectable, Logger } from '@nestjs/common';
import { OvertakenError, type UnitOfWork } from '../../database/unit-of-work.js';
import { logContext } from '../../logging/request-context.js';
import type { Outbox } from '../../queue/outbox.js';
import { TRAINING_OUTBOX } from '../../queue/queue.module.js';
import { QuotasService } from '../quotas/quotas.service.js';
import { hasEnded, JobPhase, JobStatus } from './job-state.js';
import type { Job } from './job.entity.js';
import { JobProtocol } from './job.protocol.js';
import {
  JobAlreadyStartedError,
  JobNotCancellableError,
  JobNotPausableError,
  JobNotPausedError,
} from './jobs.errors.js';
import { JobsService } from './jobs.service.js';

/** Starts, pauses, resumes and cancels jobs. */
@Injectable()
export class JobControlService {
  private readonly logger = new Logger('Jobs');

  constructor(
    private readonly jobs: JobsService,
    private readonly protocol: JobProtocol,
    private readonly quotas: QuotasService,
    @Inject(TRAINING_OUTBOX) private readonly outbox: Outbox,
  ) {}

  /** Queues the job, or lets it wait for its dataset. Throws JobAlreadyStarted-, QuotaExceeded- or DatasetInErrorError. */
  async start(unit: UnitOfWork, tenantId: string, id: string): Promise<Job> {
    const { datasetId, status, phase, totalEpochs } = await this.jobs.get(tenantId, id, unit.transaction);
    if (status !== JobStatus.Pending || phase !== JobPhase.Created) throw new JobAlreadyStartedError(id, status);
    await this.quotas.admitJob(unit.transaction, tenantId, totalEpochs);
    const { reservableSeconds } = this.outbox;
    const started = await this.protocol.start(
      unit.transaction,
      tenantId,
      id,
      datasetId,
      logContext(),
      reservableSeconds,
    );
    // Started, cancelled or moved to another dataset in between: in a new transaction the order of locks is kept.
    if (!started) throw new OvertakenError();
    const { job, delivery } = started;
    unit.afterCommit(() => {
      this.logger.log({ msg: 'Job started', jobId: id, datasetId, phase: job.phase, tenant: tenantId });
      if (delivery) void this.outbox.deliver(delivery);
      else if (job.phase === JobPhase.Queued) void this.outbox.dispatchNow(id);
    });
    return job;
  }

  /** Pauses at once what waits, or asks the worker to stop. Throws JobNotPausableError. */
  async pause(tenantId: string, id: string): Promise<{ job: Job; stopping: boolean }> {
    const outcome = await this.protocol.pause(tenantId, id);
    const job = await this.jobs.get(tenantId, id);
    // It may have completed, or been cancelled or resumed, between the two.
    const isPaused = job.pauseRequestedAt !== null && job.cancelRequestedAt === null && !hasEnded(job.status);
    if (!isPaused) throw new JobNotPausableError(id, job.status, job.phase);
    const stopping = job.phase === JobPhase.Pausing;
    if (outcome) this.logger.log({ msg: stopping ? 'Job pausing' : 'Job paused', jobId: id, tenant: tenantId });
    return { job, stopping };
  }

  /** Sends a paused job on its way again. Throws JobNotPausedError or DatasetInErrorError. */
  async resume(tenantId: string, id: string): Promise<Job> {
    for (;;) {
      const { datasetId, status, pauseRequestedAt, cancelRequestedAt } = await this.jobs.get(tenantId, id);
      if (hasEnded(status) || !pauseRequestedAt || cancelRequestedAt) throw new JobNotPausedError(id, status);
      const phase = await this.protocol.resume(tenantId, id, datasetId);
      if (!phase) continue;
      this.logger.log({ msg: 'Job resumed', jobId: id, phase, tenant: tenantId });
      const job = await this.jobs.get(tenantId, id);
      void this.outbox.dispatchNow(id);
      return job;
    }
  }

  /** Cancels at once where nobody trains, or asks the worker to stop. Throws JobNotCancellableError. */
  async cancel(tenantId: string, id: string): Promise<{ job: Job; stopping: boolean }> {
    const outcome = await this.protocol.cancel(tenantId, id);
    const job = await this.jobs.get(tenantId, id);
    // The worker may have stopped before the job was read: then it is cancelled, and nothing goes on.
    const stopping = outcome === 'stopping' && job.status === JobStatus.Running;
    if (outcome) this.logger.log({ msg: stopping ? 'Job stopping' : 'Job cancelled', jobId: id, tenant: tenantId });
    else if (job.status !== JobStatus.Cancelled) throw new JobNotCancellableError(id, job.status);
    return { job, stopping };
  }
}
