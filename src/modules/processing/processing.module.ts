import { Module } from '@nestjs/common';
import { QueueModule } from '../../queue/queue.module.js';
import { StorageModule } from '../../storage/storage.module.js';
import { WorkersModule } from '../workers/workers.module.js';
import { ActiveInspections } from './active-inspections.js';
import { ContentSweeps } from './content.sweeps.js';
import { DatasetInspection } from './dataset-inspection.js';
import { DatasetProcessor } from './dataset.processor.js';
import { DatasetSweeps } from './dataset.sweeps.js';
import { Inspector } from './inspection/inspector.js';
import { ProcessingProtocol } from './processing.protocol.js';

/** Worker side of datasets: processor → inspection → inspector → a process that reads the content. */
@Module({
  imports: [QueueModule, WorkersModule, StorageModule],
  providers: [
    DatasetProcessor,
    DatasetInspection,
    Inspector,
    ActiveInspections,
    ProcessingProtocol,
    DatasetSweeps,
    ContentSweeps,
  ],
  exports: [DatasetProcessor, ActiveInspections, DatasetSweeps, ContentSweeps],
})
export class ProcessingModule {}
