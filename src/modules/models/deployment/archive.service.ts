import { Injectable, Logger } from '@nestjs/common';
import type { UnitOfWork } from '../../../database/unit-of-work.js';
import { ArtefactState } from '../artefact-state.js';
import type { ModelVersion } from '../model-version.entity.js';
import { ModelsService } from '../models.service.js';
import { VersionWithoutFileError } from '../space/space.errors.js';
import type { VersionNumber } from '../version-number.js';
import { VersionStatus } from '../version-state.js';
import { ARCHIVE, RESTORE } from './archive.statements.js';
import { VersionDeployedError } from './deployment.errors.js';
import type { Order } from './order.js';

/** Withdraws versions, and brings them back. Both may be asked for again, to no effect. */
@Injectable()
export class ArchiveService {
  private readonly logger = new Logger('Archive');

  constructor(private readonly models: ModelsService) {}

  /** Throws ModelNotFound-, VersionNotFound- or VersionDeployedError. */
  async archive(unit: UnitOfWork, order: Order, number: VersionNumber): Promise<ModelVersion> {
    const version = await this.held(unit, order, number);
    if (version.status === VersionStatus.Archived) return version;
    await unit.transaction.query(ARCHIVE, [version.tenantId, version.id, order.reason ?? 'withdrawn']);
    return this.changed(unit, order, version, { msg: 'Version archived' });
  }

  /** Throws ModelNotFound-, VersionNotFound-, VersionDeployed- or VersionWithoutFileError. */
  async restore(unit: UnitOfWork, order: Order, number: VersionNumber): Promise<ModelVersion> {
    const version = await this.held(unit, order, number);
    if (version.status === VersionStatus.Ready) return version;
    if (version.artefactState === ArtefactState.Deleted) {
      throw new VersionWithoutFileError(order.modelId, version.version!, version.status);
    }
    await unit.transaction.query(RESTORE, [version.tenantId, version.id]);
    return this.changed(unit, order, version, { msg: 'Version restored' });
  }

  private async held(unit: UnitOfWork, { principal, modelId }: Order, number: VersionNumber): Promise<ModelVersion> {
    const { tenant } = principal;
    await this.models.lock(unit.transaction, tenant, modelId);
    const version = await this.models.version(tenant, modelId, number, unit.transaction);
    if (version.status !== VersionStatus.Deployed) return version;
    throw new VersionDeployedError(modelId, version.version!, version.status);
  }

  private changed(unit: UnitOfWork, { principal, modelId }: Order, { id, version }: ModelVersion, line: object) {
    const { tenant, sub: actor } = principal;
    unit.afterCommit(() => this.logger.log({ ...line, tenant, modelId, version, actor }));
    return this.models.versionById(tenant, id, unit.transaction);
  }
}
