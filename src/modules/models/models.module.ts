import { Module } from '@nestjs/common';
import { StorageModule } from '../../storage/storage.module.js';
import { ArtefactService } from './artefacts/artefact.service.js';
import { ModelFilesModule } from './artefacts/model-files.module.js';
import { CardRepository } from './card/card.repository.js';
import { CardService } from './card/card.service.js';
import { ArchiveService } from './deployment/archive.service.js';
import { Changes } from './deployment/changes.js';
import { DeploymentService } from './deployment/deployment.service.js';
import { DeploymentsRepository } from './deployment/deployments.repository.js';
import { DryRunService } from './deployment/dry-run.service.js';
import { GateService } from './deployment/gate.service.js';
import { PoliciesRepository } from './deployment/policies.repository.js';
import { PolicyService } from './deployment/policy.service.js';
import { Turns } from './deployment/turns.js';
import { ComparisonRepository } from './comparison/comparison.repository.js';
import { ComparisonService } from './comparison/comparison.service.js';
import { FindingRepository } from './finding/finding.repository.js';
import { LabelsService } from './labelling/labels.service.js';
import { ModelsRepository } from './models.repository.js';
import { ModelsService } from './models.service.js';
import { SpaceService } from './space/space.service.js';

@Module({
  imports: [ModelFilesModule, StorageModule],
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
    GateService,
    DryRunService,
    PolicyService,
    PoliciesRepository,
    Turns,
    Changes,
    ArtefactService,
    SpaceService,
    CardService,
    CardRepository,
  ],
  exports: [
    ModelsService,
    LabelsService,
    ComparisonService,
    DeploymentService,
    ArchiveService,
    DryRunService,
    PolicyService,
    Turns,
    Changes,
    ArtefactService,
    SpaceService,
    CardService,
  ],
})
export class ModelsModule {}
