import { Injectable } from '@nestjs/common';
import { ModelFiles } from '../artefacts/model-files.js';
import { ModelsService } from '../models.service.js';
import type { VersionNumber } from '../version-number.js';
import { cardOf } from './card-of.js';
import { CardRepository } from './card.repository.js';
import type { ModelCard } from './model-card.js';

@Injectable()
export class CardService {
  constructor(
    private readonly models: ModelsService,
    private readonly cards: CardRepository,
    private readonly files: ModelFiles,
  ) {}

  /** Throws ModelNotFound- or VersionNotFoundError. */
  async card(tenantId: string, modelId: string, number: VersionNumber): Promise<ModelCard> {
    const version = await this.models.version(tenantId, modelId, number);
    const { trainingJobId: jobId } = version;
    const [job, curve, retried, deployments, format] = await Promise.all([
      this.cards.job(tenantId, jobId),
      this.cards.curve(tenantId, jobId),
      this.cards.retried(tenantId, jobId),
      this.cards.deployments(tenantId, modelId, version.id),
      this.files.format(version),
    ]);
    return cardOf({ version, job, curve, retried, deployments, format });
  }
}
