import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { OvertakenError, type UnitOfWork } from '../../database/unit-of-work.js';
import { QuotasService } from '../quotas/quotas.service.js';
import { JobAgain } from './job-again.js';
import { HOLD_ENDED } from './job-again.statements.js';
import { JobStatus } from './job-state.js';
import type { Job } from './job.entity.js';
import { JobProtocol } from './job.protocol.js';
import { JobNotFoundError, JobNotRetryableError } from './jobs.errors.js';
import { JobsService } from './jobs.service.js';

/** Where a retry begins: anew, or after the last epoch that was persisted. */
export enum RetryFrom {
  Start = 'start',
  Checkpoint = 'checkpoint',
}

/** Tries failed and cancelled jobs again, as jobs of their own: what has ended stays as it ended. */
@Injectable()
export class JobRetryService {
  private readonly logger = new Logger('Jobs');

  constructor(
    private readonly jobs: JobsService,
    private readonly protocol: JobProtocol,
    private readonly again: JobAgain,
    private readonly quotas: QuotasService,
  ) {}

  /** The new job, started. Throws JobNotFound-, JobNotRetryable-, QuotaExceeded- or DatasetInErrorError. */
  async retry(unit: UnitOfWork, tenantId: string, retriedId: string, from: RetryFrom): Promise<Job> {
    const { transaction } = unit;
    const { datasetId, totalEpochs } = await this.jobs.get(tenantId, retriedId, transaction);
    await this.quotas.admitJob(transaction, tenantId, totalEpochs);
    // The dataset is locked before the job, so that the job's is known only afterwards for sure.
    const datasetIsReady = await this.protocol.datasetIsReady(transaction, tenantId, datasetId);
    const held = await this.hold(transaction, tenantId, retriedId);
    if (held.datasetId !== datasetId) throw new OvertakenError();
    const fromCheckpoint = from === RetryFrom.Checkpoint;
    const job = await this.again.start(unit, { of: retriedId, datasetIsReady, fromCheckpoint, verifies: null });
    const { id: jobId, phase } = job;
    unit.afterCommit(() =>
      this.logger.log({ msg: 'Job retried', jobId, retryOf: retriedId, from, phase, tenant: tenantId }),
    );
    return job;
  }

  /** Keeps an ended job from being deleted until the transaction ends. */
  private async hold(transaction: EntityManager, tenantId: string, id: string): Promise<{ datasetId: string }> {
    const [held] = await transaction.query<{ status: JobStatus; datasetId: string }[]>(HOLD_ENDED, [id, tenantId]);
    if (!held) throw new JobNotFoundError(id);
    const { status } = held;
    if (status !== JobStatus.Failed && status !== JobStatus.Cancelled) throw new JobNotRetryableError(id, status);
    return held;
  }
}
