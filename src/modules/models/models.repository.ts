import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, In, LessThan } from 'typeorm';
import { type Slice, type SliceRequest, sliceOf } from '../../http/page/slice.js';
import { Model } from './model.entity.js';
import { ModelVersion } from './model-version.entity.js';
import { LIST_MODELS } from './models.statements.js';
import type { VersionNumber } from './version-number.js';
import type { VersionStatus } from './version-state.js';

/** A model with what its versions add up to. */
export interface ModelSummary {
  id: string;
  latestVersion: string | null;
  deployedVersion: string | null;
  /** Numbered ones. */
  versions: number;
  createdAt: Date;
  updatedAt: Date;
}

export interface VersionFilters {
  status?: VersionStatus[];
}

@Injectable()
export class ModelsRepository {
  constructor(@InjectDataSource() private readonly source: DataSource) {}

  exists(tenantId: string, id: string): Promise<boolean> {
    return this.source.getRepository(Model).existsBy({ tenantId, id });
  }

  /** By id. */
  async list(tenantId: string, { limit, after }: SliceRequest): Promise<Slice<ModelSummary>> {
    const rows = await this.source.query<ModelSummary[]>(LIST_MODELS, [tenantId, after ?? null, limit + 1]);
    return sliceOf(rows, limit);
  }

  /** Newest first. */
  async versions(
    tenantId: string,
    modelId: string,
    filters: VersionFilters,
    { limit, after }: SliceRequest,
  ): Promise<Slice<ModelVersion>> {
    const rows = await this.source.getRepository(ModelVersion).find({
      where: {
        tenantId,
        modelId,
        ...(filters.status && { status: In(filters.status) }),
        ...(after && { id: LessThan(after) }),
      },
      order: { id: 'DESC' },
      take: limit + 1,
    });
    return sliceOf(rows, limit);
  }

  version(
    tenantId: string,
    modelId: string,
    number: VersionNumber,
    transaction: EntityManager = this.source.manager,
  ): Promise<ModelVersion | null> {
    return transaction.getRepository(ModelVersion).findOneBy({ tenantId, modelId, ...number });
  }

  versionById(tenantId: string, id: string, transaction: EntityManager): Promise<ModelVersion> {
    return transaction.getRepository(ModelVersion).findOneByOrFail({ tenantId, id });
  }
}
