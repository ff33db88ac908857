import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { UnitOfWork } from '../../../database/unit-of-work.js';
import type { Slice, SliceRequest } from '../../../http/page/slice.js';
import type { Principal } from '../../../http/principal.js';
import { ModelNotFoundError } from '../models.errors.js';
import type { ModelVersion } from '../model-version.entity.js';
import { ModelsService } from '../models.service.js';
import type { VersionNumber } from '../version-number.js';
import { versionText } from '../version-number.js';
import { VersionStatus } from '../version-state.js';
import { type Deployment, DeploymentKind } from './deployment.entity.js';
import {
  NothingDeployedError,
  NothingToRollBackToError,
  VersionArchivedError,
  VersionNotBeneathError,
} from './deployment.errors.js';
import { DeploymentsRepository, type Standing } from './deployments.repository.js';

/** Who changes what is in production, and why. */
export interface Order {
  principal: Principal;
  modelId: string;
  reason: string | undefined;
}

/** What a model has in production: changed one at a time, and on record. */
@Injectable()
export class DeploymentService {
  private readonly logger = new Logger('Deployment');

  constructor(
    private readonly models: ModelsService,
    private readonly deployments: DeploymentsRepository,
  ) {}

  /** Deploying what is deployed changes nothing. Throws ModelNotFound-, VersionNotFound- or VersionArchivedError. */
  async deploy(unit: UnitOfWork, order: Order, number: VersionNumber): Promise<ModelVersion> {
    const current = await this.locked(unit.transaction, order);
    const version = await this.models.version(order.principal.tenant, order.modelId, number, unit.transaction);
    if (version.status === VersionStatus.Deployed) return version;
    return this.change(unit, order, DeploymentKind.Deploy, version, current?.number ?? null);
  }

  /**
   * One deployment further back with every call, or to the last one of a version. Throws ModelNotFound-,
   * NothingToRollBackTo-, VersionNotFound-, VersionNotBeneath- or VersionArchivedError.
   */
  async rollBack(unit: UnitOfWork, order: Order, to: VersionNumber | null): Promise<ModelVersion> {
    const current = await this.locked(unit.transaction, order);
    const wanted = to && (await this.models.version(order.principal.tenant, order.modelId, to, unit.transaction));
    if (wanted?.status === VersionStatus.Deployed) return wanted;
    if (!current) throw new NothingToRollBackToError(order.modelId);
    const target = await this.beneath(unit.transaction, order, current, to);
    const version = await this.models.versionById(order.principal.tenant, target.versionId, unit.transaction);
    return this.change(unit, order, DeploymentKind.Rollback, version, target.below);
  }

  /** Newest first. Throws ModelNotFoundError. */
  async history(tenantId: string, modelId: string, slice: SliceRequest): Promise<Slice<Deployment>> {
    await this.models.assertExists(tenantId, modelId);
    return this.deployments.list(tenantId, modelId, slice);
  }

  /** What was in production then; null: what is now. Throws ModelNotFound- or NothingDeployedError. */
  async asOf(tenantId: string, modelId: string, at: Date | null): Promise<Deployment> {
    await this.models.assertExists(tenantId, modelId);
    const deployment = await this.deployments.asOf(tenantId, modelId, at);
    if (!deployment) throw new NothingDeployedError(modelId, at);
    return deployment;
  }

  private async locked(transaction: EntityManager, { principal, modelId }: Order): Promise<Standing | null> {
    if (!(await this.deployments.lock(transaction, principal.tenant, modelId))) throw new ModelNotFoundError(modelId);
    return this.deployments.current(transaction, principal.tenant, modelId);
  }

  private async beneath(
    transaction: EntityManager,
    { principal, modelId }: Order,
    current: Standing,
    to: VersionNumber | null,
  ): Promise<Standing> {
    const version = to && versionText(to);
    const found = await this.deployments.beneath(transaction, principal.tenant, modelId, current.number, version);
    if (found) return found;
    throw version === null ? new NothingToRollBackToError(modelId) : new VersionNotBeneathError(modelId, version);
  }

  private async change(
    unit: UnitOfWork,
    { principal, modelId, reason }: Order,
    kind: DeploymentKind,
    { id: versionId, version, status }: ModelVersion,
    below: number | null,
  ): Promise<ModelVersion> {
    if (status === VersionStatus.Archived) throw new VersionArchivedError(modelId, version!, status);
    const change = { kind, versionId, below, actor: principal.sub, reason: reason ?? null };
    await this.deployments.record(unit.transaction, principal.tenant, modelId, change);
    unit.afterCommit(() => {
      this.logger.log({
        msg: 'Version deployed',
        kind,
        tenant: principal.tenant,
        modelId,
        version,
        actor: principal.sub,
      });
    });
    return this.models.versionById(principal.tenant, versionId, unit.transaction);
  }
}
