import { Module } from '@nestjs/common';
import { ModelFilesModule } from '../models/artefacts/model-files.module.js';
import { StorageModule } from '../../storage/storage.module.js';
import { ProcessingModule } from '../processing/processing.module.js';
import { TrainingModule } from '../training/training.module.js';
import { WorkersModule } from '../workers/workers.module.js';
import { DeliveryIntake } from './delivery-intake.js';
import { IdempotencySweeps } from './idempotency.sweeps.js';
import { ModelFileWatch } from './model-file-watch.js';
import { ModelFileSweeps } from './model-file.sweeps.js';
import { TallySweeps } from './tally.sweeps.js';
import { Reconciler } from './reconciler.js';

/** What a worker process does around its runs: opens and closes the intake, and repairs what others left behind. */
@Module({
  imports: [ModelFilesModule, ProcessingModule, TrainingModule, WorkersModule, StorageModule],
  providers: [DeliveryIntake, Reconciler, ModelFileWatch, ModelFileSweeps, IdempotencySweeps, TallySweeps],
})
export class SupervisionModule {}
