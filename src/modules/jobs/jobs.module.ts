import { Module } from '@nestjs/common';
import { QueueModule } from '../../queue/queue.module.js';
import { DatasetsModule } from '../datasets/datasets.module.js';
import { JobControlService } from './job-control.service.js';
import { JobEventsService } from './job-events.service.js';
import { JobRetryService } from './job-retry.service.js';
import { JobProtocol } from './job.protocol.js';
import { JobsRepository } from './jobs.repository.js';
import { JobsService } from './jobs.service.js';

@Module({
  imports: [QueueModule, DatasetsModule],
  providers: [JobsService, JobControlService, JobRetryService, JobEventsService, JobsRepository, JobProtocol],
  exports: [JobsService, JobControlService, JobRetryService, JobEventsService],
})
export class JobsModule {}
