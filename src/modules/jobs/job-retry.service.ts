import { Inject, Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { UnitOfWork } from '../../database/unit-of-work.js';
import { newId } from '../../database/id.js';
import { logContext } from '../../logging/request-context.js';
import type { Outbox } from '../../queue/outbox.js';
import { TRAINING_OUTBOX } from '../../queue/queue.module.js';
import { COPY_HISTORY, HOLD_ENDED, INSERT_RETRY } from './job-retry.statements.js';
import { JobStatus } from './job-state.js';
import type { Job } from './job.entity.js';
import { JobProtocol } from './job.protocol.js';
import { JobNotFoundError, JobNotRetryableError } from './jobs.errors.js';
import { JobsRepository } from './jobs.repository.js';
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
    private readonly repository: JobsRepository,
    private readonly protocol: JobProtocol,
    @Inject(TRAINING_OUTBOX) private readonly outbox: Outbox,
  ) {}

  /** The new job, started. Throws JobNotFoundError, JobNotRetryableError or DatasetInErrorError. */
  async retry(unit: UnitOfWork, tenantId: string, retriedId: string, from: RetryFrom): Promise<Job> {
    const { transaction } = unit;
    const { datasetId } = await this.jobs.get(tenantId, retriedId, transaction);
    const id = newId('job');
    const ready = await this.protocol.datasetIsReady(transaction, tenantId, datasetId);
    await this.insert(transaction, tenantId, id, retriedId, from, ready);
    const job = await this.repository.findIn(transaction, id);
    unit.afterCommit(() => {
      this.logger.log({ msg: 'Job retried', jobId: id, retryOf: retriedId, from, phase: job.phase, tenant: tenantId });
      void this.outbox.dispatchNow(id);
    });
    return job;
  }

  private async insert(
    transaction: EntityManager,
    tenantId: string,
    id: string,
    retriedId: string,
    from: RetryFrom,
    ready: boolean,
  ): Promise<void> {
    const [retried] = await transaction.query<{ status: JobStatus }[]>(HOLD_ENDED, [retriedId, tenantId]);
    if (!retried) throw new JobNotFoundError(retriedId);
    if (retried.status !== JobStatus.Failed && retried.status !== JobStatus.Cancelled) {
      throw new JobNotRetryableError(retriedId, retried.status);
    }
    const goesOn = from === RetryFrom.Checkpoint;
    const requestId = logContext().requestId ?? null;
    await transaction.query(INSERT_RETRY, [id, retriedId, goesOn, ready, requestId]);
    if (goesOn) await transaction.query(COPY_HISTORY, [id, retriedId]);
  }
}
