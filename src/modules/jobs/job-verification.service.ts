import { Injectable, Logger } from '@nestjs/common';
import type { UnitOfWork } from '../../database/unit-of-work.js';
import { QuotasService } from '../quotas/quotas.service.js';
import { JobAgain } from './job-again.js';
import type { Job } from './job.entity.js';
import { JobProtocol } from './job.protocol.js';
import { JobsService } from './jobs.service.js';

/** Trains versions again, to see whether the same comes out. */
@Injectable()
export class JobVerificationService {
  private readonly logger = new Logger('Jobs');

  constructor(
    private readonly jobs: JobsService,
    private readonly protocol: JobProtocol,
    private readonly again: JobAgain,
    private readonly quotas: QuotasService,
  ) {}

  /** The new job, started; `of` is the job that trained the version, which is kept. Throws QuotaExceeded- or DatasetInErrorError. */
  async verify(unit: UnitOfWork, tenantId: string, verifies: string, of: string): Promise<Job> {
    const { datasetId, totalEpochs } = await this.jobs.get(tenantId, of, unit.transaction);
    await this.quotas.admitJob(unit.transaction, tenantId, totalEpochs);
    const datasetIsReady = await this.protocol.datasetIsReady(unit.transaction, tenantId, datasetId);
    const job = await this.again.start(unit, { of, datasetIsReady, fromCheckpoint: false, verifies });
    const { id: jobId, modelId, version } = job;
    unit.afterCommit(() => this.logger.log({ msg: 'Verification started', jobId, modelId, version, tenant: tenantId }));
    return job;
  }
}
