import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Principal } from '../../../http/principal.js';
import type { ModelSummary } from '../finding/found-model.js';
import type { ModelVersion } from '../model-version.entity.js';
import { Turns } from '../deployment/turns.js';
import { ModelNotFoundError } from '../models.errors.js';
import { ModelsService } from '../models.service.js';
import type { VersionNumber } from '../version-number.js';
import { checkedLabels } from './check-labels.js';
import { LABEL_MODEL, LABEL_VERSION } from './labels.statements.js';

/** Replaces what people say of models and versions, as a whole. */
@Injectable()
export class LabelsService {
  private readonly logger = new Logger('Labels');

  constructor(
    @InjectDataSource() private readonly source: DataSource,
    private readonly models: ModelsService,
    private readonly turns: Turns,
  ) {}

  /** Throws ValidationFailed- or ModelNotFoundError. */
  async labelModel(principal: Principal, modelId: string, given: Record<string, unknown>): Promise<ModelSummary> {
    const { tenant, sub } = principal;
    const labels = checkedLabels(given);
    const found = await this.turns.take({ principal, modelId }, () =>
      this.source.transaction((unit) => unit.query<{ id: string }[]>(LABEL_MODEL, [tenant, modelId, labels])),
    );
    if (found.length === 0) throw new ModelNotFoundError(modelId);
    this.logger.log({ msg: 'Model labelled', tenant, modelId, actor: sub });
    return this.models.get(tenant, modelId);
  }

  /** Throws ValidationFailed-, ModelNotFound- or VersionNotFoundError. */
  async labelVersion(
    principal: Principal,
    modelId: string,
    number: VersionNumber,
    given: Record<string, unknown>,
  ): Promise<ModelVersion> {
    const { tenant, sub } = principal;
    const labels = checkedLabels(given);
    const { id, version } = await this.models.version(tenant, modelId, number);
    await this.turns.take({ principal, modelId }, () =>
      this.source.transaction((unit) => unit.query(LABEL_VERSION, [tenant, modelId, labels, id])),
    );
    this.logger.log({ msg: 'Version labelled', tenant, modelId, version, actor: sub });
    return this.models.version(tenant, modelId, number);
  }
}
