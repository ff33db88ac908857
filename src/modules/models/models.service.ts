import { Injectable } from '@nestjs/common';
import type { Slice, SliceRequest } from '../../http/page/slice.js';
import type { ModelVersion } from './model-version.entity.js';
import { ModelNotFoundError, VersionNotFoundError } from './models.errors.js';
import type { EntityManager } from 'typeorm';
import type { Conditions } from './finding/conditions.js';
import { FindingRepository } from './finding/finding.repository.js';
import type { ModelSummary } from './finding/found-model.js';
import { ModelsRepository } from './models.repository.js';
import { type VersionNumber, versionText } from './version-number.js';

@Injectable()
export class ModelsService {
  constructor(
    private readonly models: ModelsRepository,
    private readonly finding: FindingRepository,
  ) {}

  /** By id, unless sorted by a metric. */
  list(tenantId: string, conditions: Conditions, slice: SliceRequest): Promise<Slice<ModelSummary>> {
    return this.finding.models(tenantId, conditions, slice);
  }

  /** With how many versions it has in which status. Throws ModelNotFoundError. */
  async get(tenantId: string, modelId: string): Promise<ModelSummary> {
    const model = await this.finding.model(tenantId, modelId);
    if (!model) throw new ModelNotFoundError(modelId);
    return model;
  }

  /** Newest first, unless sorted by a metric; those still in training included. Throws ModelNotFoundError. */
  async versions(
    tenantId: string,
    modelId: string,
    conditions: Conditions,
    slice: SliceRequest,
  ): Promise<Slice<ModelVersion>> {
    const page = await this.finding.versions(tenantId, modelId, conditions, slice);
    if (page.rows.length === 0) await this.assertExists(tenantId, modelId);
    return page;
  }

  /** Throws ModelNotFoundError or VersionNotFoundError. */
  async version(
    tenantId: string,
    modelId: string,
    number: VersionNumber,
    transaction?: EntityManager,
  ): Promise<ModelVersion> {
    const version = await this.models.version(tenantId, modelId, number, transaction);
    if (version) return version;
    await this.assertExists(tenantId, modelId, transaction);
    throw new VersionNotFoundError(modelId, versionText(number));
  }

  /** The jobs that trained them, in the order of the numbers. Throws ModelNotFoundError or VersionNotFoundError. */
  async trainingsOf(tenantId: string, modelId: string, numbers: readonly VersionNumber[]): Promise<string[]> {
    const byNumber = await this.models.trainingsOf(tenantId, modelId, numbers);
    if (byNumber.size === 0) await this.assertExists(tenantId, modelId);
    return numbers.map(versionText).map((number) => {
      const jobId = byNumber.get(number);
      if (jobId === undefined) throw new VersionNotFoundError(modelId, number);
      return jobId;
    });
  }

  /** Of a version that is known to exist. */
  versionById(tenantId: string, id: string, transaction: EntityManager): Promise<ModelVersion> {
    return this.models.versionById(tenantId, id, transaction);
  }

  /** Until the transaction ends, nobody else changes what the model has. Throws ModelNotFoundError. */
  async lock(transaction: EntityManager, tenantId: string, modelId: string): Promise<void> {
    if (!(await this.models.lock(transaction, tenantId, modelId))) throw new ModelNotFoundError(modelId);
  }

  /** Throws ModelNotFoundError. */
  async assertExists(tenantId: string, modelId: string, transaction?: EntityManager): Promise<void> {
    if (!(await this.models.exists(tenantId, modelId, transaction))) throw new ModelNotFoundError(modelId);
  }
}
