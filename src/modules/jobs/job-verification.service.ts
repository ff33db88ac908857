import { Inject, Injectable, Logger } from '@nestjs/common';
import type { UnitOfWork } from '../../database/unit-of-work.js';
import { newId } from '../../database/id.js';
import { logContext } from '../../logging/request-context.js';
import type { Outbox } from '../../queue/outbox.js';
import { TRAINING_OUTBOX } from '../../queue/queue.module.js';
import { INSERT_AGAIN } from './job-again.statements.js';
import type { Job } from './job.entity.js';
import { JobProtocol } from './job.protocol.js';
import { JobsRepository } from './jobs.repository.js';
import { JobsService } from './jobs.service.js';

/** Trains versions again, to see whether the same comes out. */
@Injectable()
export class JobVerificationService {
  private readonly logger = new Logger('Jobs');

  constructor(
    private readonly jobs: JobsService,
    private readonly repository: JobsRepository,
    private readonly protocol: JobProtocol,
    @Inject(TRAINING_OUTBOX) private readonly outbox: Outbox,
  ) {}

  /** The new job, started; `trainedBy` is the job that trained the version, which is kept. Throws DatasetInErrorError. */
  async verify(unit: UnitOfWork, tenantId: string, versionId: string, trainedBy: string): Promise<Job> {
    const { transaction } = unit;
    const { datasetId, modelId, version } = await this.jobs.get(tenantId, trainedBy, transaction);
    const ready = await this.protocol.datasetIsReady(transaction, tenantId, datasetId);
    const id = newId('job');
    const requestId = logContext().requestId ?? null;
    await transaction.query(INSERT_AGAIN, [id, trainedBy, false, ready, requestId, versionId]);
    unit.afterCommit(() => {
      this.logger.log({ msg: 'Verification started', jobId: id, modelId, version, tenant: tenantId });
      void this.outbox.dispatchNow(id);
    });
    return this.repository.findIn(transaction, id);
  }
}
