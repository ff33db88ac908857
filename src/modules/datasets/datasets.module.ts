import { Module } from '@nestjs/common';
import { QueueModule } from '../../queue/queue.module.js';
import { StorageModule } from '../../storage/storage.module.js';
import { QuotasModule } from '../quotas/quotas.module.js';
import { ContentRepository } from './content/content.repository.js';
import { ContentService } from './content/content.service.js';
import { DatasetsRepository } from './datasets.repository.js';
import { DatasetsService } from './datasets.service.js';

@Module({
  imports: [QueueModule, StorageModule, QuotasModule],
  providers: [DatasetsService, DatasetsRepository, ContentService, ContentRepository],
  exports: [DatasetsService, ContentService],
})
export class DatasetsModule {}
