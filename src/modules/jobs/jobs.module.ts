import { Module } from '@nestjs/common';
import { QueueModule } from '../../queue/queue.module.js';
import { DatasetsModule } from '../datasets/datasets.module.js';
import { QuotasModule } from '../quotas/quotas.module.js';
import { JobControlService } from './job-control.service.js';
import { JobEventsService } from './job-events.service.js';
import { JobAgain } from './job-again.js';
import { JobRetryService } from './job-retry.service.js';
import { JobVerificationService } from './job-verification.service.js';
import { JobProtocol } from './job.protocol.js';
import { JobsRepository } from './jobs.repository.js';
import { JobsService } from './jobs.service.js';
import { QueueOverviewService } from './queue/queue-overview.service.js';
import { QueuePlaceService } from './queue/queue-place.service.js';

@Module({
  imports: [QueueModule, DatasetsModule, QuotasModule],
  providers: [
    JobsService,
    JobControlService,
    JobAgain,
    JobRetryService,
    JobVerificationService,
    JobEventsService,
    JobsRepository,
    JobProtocol,
    QueuePlaceService,
    QueueOverviewService,
  ],
  exports: [
    JobsService,
    JobControlService,
    JobRetryService,
    JobVerificationService,
    JobEventsService,
    QueuePlaceService,
    QueueOverviewService,
  ],
})
export class JobsModule {}
