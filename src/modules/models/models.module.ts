import { Module } from '@nestjs/common';
import { ModelFilesModule } from './artefacts/model-files.module.js';
import { ArchiveService } from './deployment/archive.service.js';
import { DeploymentService } from './deployment/deployment.service.js';
import { DeploymentsRepository } from './deployment/deployments.repository.js';
import { Turns } from './deployment/turns.js';
import { ModelsRepository } from './models.repository.js';
import { ModelsService } from './models.service.js';

@Module({
  imports: [ModelFilesModule],
  providers: [ModelsService, ModelsRepository, DeploymentService, DeploymentsRepository, ArchiveService, Turns],
  exports: [ModelsService, DeploymentService, ArchiveService, Turns],
})
export class ModelsModule {}
