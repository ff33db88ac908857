import { Injectable } from '@nestjs/common';
import { ModelFiles } from '../artefacts/model-files.js';
import type { ModelVersion } from '../model-version.entity.js';
import { ModelsService } from '../models.service.js';
import type { VersionNumber } from '../version-number.js';
import { assertNotArchived } from './deployment.service.js';
import { GateService } from './gate.service.js';
import type { DeployOrder } from './order.js';
import type { AssessedCondition } from './policy.js';
import { fileOf } from './read-files.js';

/** What would come of deploying a version. */
export interface Prospect {
  version: string;
  deployable: boolean;
  conditions: AssessedCondition[];
}

/** Looks at a version as deploying it would, and changes nothing but what is known of its file. */
@Injectable()
export class DryRunService {
  constructor(
    private readonly models: ModelsService,
    private readonly files: ModelFiles,
    private readonly gate: GateService,
  ) {}

  /** Throws as a deployment does, but for conditions that are not met. */
  async deploy(order: DeployOrder, number: VersionNumber): Promise<Prospect> {
    this.gate.assertOverrideExplained(order);
    const file = fileOf(await this.deployable(order, number));
    if (file) await this.files.inspect(file);
    const version = await this.deployable(order, number);
    const conditions = await this.gate.conditions(version);
    return { version: version.version!, deployable: this.gate.opens(conditions, order), conditions };
  }

  private async deployable({ principal, modelId }: DeployOrder, number: VersionNumber): Promise<ModelVersion> {
    const version = await this.models.version(principal.tenant, modelId, number);
    assertNotArchived(version);
    return version;
  }
}
