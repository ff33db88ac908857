import { Module } from '@nestjs/common';
import { HistoryRepository } from './history/history.repository.js';
import { HistoryService } from './history/history.service.js';

@Module({
  providers: [HistoryService, HistoryRepository],
  exports: [HistoryService],
})
export class ProgressModule {}
