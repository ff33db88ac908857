import { Module } from '@nestjs/common';
import { ConfigModule } from './config/config.module.js';
import { DatabaseModule } from './database/database.module.js';
import { HttpModule } from './http/http.module.js';
import { AlertsController } from './modules/alerts/alerts.controller.js';
import { AlertsModule } from './modules/alerts/alerts.module.js';
import { AuditController } from './modules/audit/audit.controller.js';
import { AuditModule } from './modules/audit/audit.module.js';
import { AuthModule } from './modules/auth/auth.module.js';
import { RevocationsController } from './modules/auth/revocation/revocations.controller.js';
import { ContentController } from './modules/datasets/content/content.controller.js';
import { DatasetsController } from './modules/datasets/datasets.controller.js';
import { DatasetsModule } from './modules/datasets/datasets.module.js';
import { HealthController } from './modules/health/health.controller.js';
import { HealthModule } from './modules/health/health.module.js';
import { ProbesController } from './modules/health/probes.controller.js';
import { StatusController } from './modules/health/status/status.controller.js';
import { HyperparametersController } from './modules/jobs/hyperparameters.controller.js';
import { JobControlController } from './modules/jobs/job-control.controller.js';
import { JobEventsController } from './modules/jobs/job-events.controller.js';
import { JobsController } from './modules/jobs/jobs.controller.js';
import { JobsModule } from './modules/jobs/jobs.module.js';
import { QueueController } from './modules/jobs/queue/queue.controller.js';
import { ComparisonController } from './modules/models/comparison/comparison.controller.js';
import { ArtefactController } from './modules/models/artefacts/artefact.controller.js';
import { CardController } from './modules/models/card/card.controller.js';
import { ArchiveController } from './modules/models/deployment/archive.controller.js';
import { DeploymentController } from './modules/models/deployment/deployment.controller.js';
import { LabelsController } from './modules/models/labelling/labels.controller.js';
import { HistoryController } from './modules/models/deployment/history.controller.js';
import { PolicyController } from './modules/models/deployment/policy.controller.js';
import { ModelsController } from './modules/models/models.controller.js';
import { ModelsModule } from './modules/models/models.module.js';
import { SpaceController } from './modules/models/space/space.controller.js';
import { VerificationController } from './modules/models/verification/verification.controller.js';
import { QuotasController } from './modules/quotas/quotas.controller.js';
import { QuotasModule } from './modules/quotas/quotas.module.js';
import { StreamTicketsController } from './modules/progress/stream/stream-tickets.controller.js';
import { StreamsController } from './modules/progress/stream/streams.controller.js';
import { ProgressHistoryController } from './modules/progress/history/history.controller.js';
import { ProgressModule } from './modules/progress/progress.module.js';
import { QueueModule } from './queue/queue.module.js';

/** Controllers stand here alone: an application context, such as a worker's, would build every one in its reach. */
@Module({
  imports: [
    ConfigModule,
    DatabaseModule,
    QueueModule,
    HttpModule,
    AuthModule,
    DatasetsModule,
    JobsModule,
    ModelsModule,
    AlertsModule,
    ProgressModule,
    AuditModule,
    QuotasModule,
    HealthModule,
  ],
  controllers: [
    DatasetsController,
    ContentController,
    JobsController,
    JobControlController,
    JobEventsController,
    StreamsController,
    StreamTicketsController,
    AlertsController,
    ProgressHistoryController,
    QueueController,
    HyperparametersController,
    ModelsController,
    DeploymentController,
    ArchiveController,
    VerificationController,
    LabelsController,
    ComparisonController,
    ArtefactController,
    SpaceController,
    CardController,
    HistoryController,
    PolicyController,
    AuditController,
    QuotasController,
    RevocationsController,
    HealthController,
    StatusController,
    ProbesController,
  ],
})
export class ApiModule {}
