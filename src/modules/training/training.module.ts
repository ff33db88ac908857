import { Module } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { QueueModule } from '../../queue/queue.module.js';
import { StorageModule } from '../../storage/storage.module.js';
import { ModelFilesModule } from '../models/artefacts/model-files.module.js';
import { WorkersModule } from '../workers/workers.module.js';
import { ActiveRuns } from './active-runs.js';
import { AlertWriter } from './alerting/alert-writer.js';
import { RunWatches } from './alerting/run-watches.js';
import { ArtefactStore } from './artefacts/artefact-store.js';
import { BlockWriter } from './blocks/block.writer.js';
import { ControlWatch } from './control-watch.js';
import { createTrainer } from './engines.js';
import { JobSweeps } from './job.sweeps.js';
import { Observations } from './observations.js';
import { Recorder } from './recorder/recorder.js';
import { RunProtocol } from './run.protocol.js';
import { RunCompleter } from './run.completer.js';
import { RunSettler } from './run.settler.js';
import { RunWriter } from './run.writer.js';
import { Seclusion } from './seclusion.js';
import { Trainer } from './trainer.js';
import { TrainingProcessor } from './training.processor.js';
import { TrainingRunner } from './training.runner.js';
import { Verifier } from './verification/verifier.js';

/** Worker side of jobs: processor → runner → trainer, then writer → recorder, and settler at the end. */
@Module({
  imports: [QueueModule, StorageModule, ModelFilesModule, WorkersModule],
  providers: [
    TrainingProcessor,
    TrainingRunner,
    { provide: Trainer, inject: [ENVIRONMENT], useFactory: (environment: Environment) => createTrainer(environment) },
    RunWriter,
    RunCompleter,
    RunSettler,
    Verifier,
    RunProtocol,
    Recorder,
    BlockWriter,
    Observations,
    RunWatches,
    AlertWriter,
    ArtefactStore,
    ActiveRuns,
    ControlWatch,
    Seclusion,
    JobSweeps,
  ],
  exports: [TrainingProcessor, ActiveRuns, JobSweeps],
})
export class TrainingModule {}
