import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { Model } from './model.entity.js';
import { ModelVersion } from './model-version.entity.js';
import { LOCK_MODEL } from './models.statements.js';
import type { VersionNumber } from './version-number.js';

@Injectable()
export class ModelsRepository {
  constructor(@InjectDataSource() private readonly source: DataSource) {}

  exists(tenantId: string, id: string, transaction: EntityManager = this.source.manager): Promise<boolean> {
    return transaction.getRepository(Model).existsBy({ tenantId, id });
  }

  /** False: there is no such model. */
  async lock(transaction: EntityManager, tenantId: string, modelId: string): Promise<boolean> {
    const locked = await transaction.query<{ id: string }[]>(LOCK_MODEL, [tenantId, modelId]);
    return locked.length > 0;
  }

  version(
    tenantId: string,
    modelId: string,
    number: VersionNumber,
    transaction: EntityManager = this.source.manager,
  ): Promise<ModelVersion | null> {
    return transaction.getRepository(ModelVersion).findOneBy({ tenantId, modelId, ...number });
  }

  /** Ids of the jobs that trained those of the versions that there are, by number. */
  async trainingsOf(
    tenantId: string,
    modelId: string,
    numbers: readonly VersionNumber[],
  ): Promise<Map<string, string>> {
    const found = await this.source.getRepository(ModelVersion).find({
      select: { version: true, trainingJobId: true },
      where: numbers.map((number) => ({ tenantId, modelId, ...number })),
    });
    return new Map(found.map(({ version, trainingJobId }) => [version!, trainingJobId]));
  }

  versionById(tenantId: string, id: string, transaction: EntityManager): Promise<ModelVersion> {
    return transaction.getRepository(ModelVersion).findOneByOrFail({ tenantId, id });
  }
}
