import { Module } from '@nestjs/common';
import { QueueModule } from '../../queue/queue.module.js';
import { DatasetsRepository } from './datasets.repository.js';
import { DatasetsService } from './datasets.service.js';

@Module({
  imports: [QueueModule],
  providers: [DatasetsService, DatasetsRepository],
  exports: [DatasetsService],
})
export class DatasetsModule {}
