import { Module } from '@nestjs/common';
import { ModelFilesModule } from './artefacts/model-files.module.js';
import { ArchiveService } from './deployment/archive.service.js';
import { DeploymentService } from './deployment/deployment.service.js';
import { DeploymentsRepository } from './deployment/deployments.repository.js';
import { Turns } from './deployment/turns.js';
import { ComparisonRepository } from './comparison/comparison.repository.js';
import { ComparisonService } from './comparison/comparison.service.js';
import { FindingRepository } from './finding/finding.repository.js';
import { LabelsService } from './labelling/labels.service.js';
import { ModelsRepository } from './models.repository.js';
import { ModelsService } from './models.service.js';

@Module({
  imports: [ModelFilesModule],
  providers: [
    ModelsService,
    ModelsRepository,
    FindingRepository,
    LabelsService,
    ComparisonService,
    ComparisonRepository,
    DeploymentService,
    DeploymentsRepository,
    ArchiveService,
    Turns,
  ],
  exports: [ModelsService, LabelsService, ComparisonService, DeploymentService, ArchiveService, Turns],
})
export class ModelsModule {}
