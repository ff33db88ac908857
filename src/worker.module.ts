import { Module } from '@nestjs/common';
import { ConfigModule } from './config/config.module.js';
import { DatabaseModule } from './database/database.module.js';
import { OperationsModule } from './modules/health/operations/operations.module.js';
import { ProcessingModule } from './modules/processing/processing.module.js';
import { SupervisionModule } from './modules/supervision/supervision.module.js';
import { TrainingModule } from './modules/training/training.module.js';

/** A worker process: infrastructure, dataset processing and training. No controller is reachable from here. */
@Module({
  imports: [ConfigModule, DatabaseModule, ProcessingModule, TrainingModule, SupervisionModule, OperationsModule],
})
export class WorkerModule {}
