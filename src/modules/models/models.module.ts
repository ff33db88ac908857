import { Module } from '@nestjs/common';
import { ModelFilesModule } from './artefacts/model-files.module.js';
import { ArchiveService } from './deployment/archive.service.js';
import { Changes } from './deployment/changes.js';
import { DeploymentService } from './deployment/deployment.service.js';
import { DeploymentsRepository } from './deployment/deployments.repository.js';
import { DryRunService } from './deployment/dry-run.service.js';
import { GateService } from './deployment/gate.service.js';
import { PoliciesRepository } from './deployment/policies.repository.js';
import { PolicyService } from './deployment/policy.service.js';
import { Turns } from './deployment/turns.js';
import { ModelsRepository } from './models.repository.js';
import { ModelsService } from './models.service.js';

@Module({
  imports: [ModelFilesModule],
  providers: [
    ModelsService,
    ModelsRepository,
    DeploymentService,
    DeploymentsRepository,
    ArchiveService,
    GateService,
    DryRunService,
    PolicyService,
    PoliciesRepository,
    Turns,
    Changes,
  ],
  exports: [ModelsService, DeploymentService, ArchiveService, DryRunService, PolicyService, Changes],
})
export class ModelsModule {}
