import { Module } from '@nestjs/common';
import { QueueModule } from '../../queue/queue.module.js';
import { WorkersModule } from '../workers/workers.module.js';
import { DatasetProcessor } from './dataset.processor.js';
import { DatasetSweeps } from './dataset.sweeps.js';
import { ProcessingProtocol } from './processing.protocol.js';

/** Worker side of datasets. */
@Module({
  imports: [QueueModule, WorkersModule],
  providers: [DatasetProcessor, DatasetSweeps, ProcessingProtocol],
  exports: [DatasetProcessor, DatasetSweeps],
})
export class ProcessingModule {}
