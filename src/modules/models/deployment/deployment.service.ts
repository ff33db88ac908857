import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { UnitOfWork } from '../../../database/unit-of-work.js';
import type { Slice, SliceRequest } from '../../../http/page/slice.js';
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
import { type Change, DeploymentsRepository, type Standing } from './deployments.repository.js';
import { GateService } from './gate.service.js';
import type { DeployOrder, Order } from './order.js';
import type { ReadFiles } from './read-files.js';

/** Throws VersionArchivedError. */
export function assertNotArchived({ modelId, version, status }: ModelVersion): void {
  if (status === VersionStatus.Archived) throw new VersionArchivedError(modelId, version!, status);
}

/** What a model has in production: changed one at a time, and on record. */
@Injectable()
export class DeploymentService {
  private readonly logger = new Logger('Deployment');

  constructor(
    private readonly models: ModelsService,
    private readonly deployments: DeploymentsRepository,
    private readonly gate: GateService,
  ) {}

  /**
   * Deploying what is deployed changes nothing. Throws ModelNotFound-, VersionNotFound-, VersionArchived-,
   * ValidationFailed-, ArtefactNotIntact- or PolicyNotMetError; and FileNotReadError.
   */
  async deploy(unit: UnitOfWork, order: DeployOrder, number: VersionNumber, read: ReadFiles): Promise<ModelVersion> {
    this.gate.assertOverrideExplained(order);
    const current = await this.locked(unit.transaction, order);
    const version = await this.models.version(order.principal.tenant, order.modelId, number, unit.transaction);
    if (version.status === VersionStatus.Deployed) return version;
    assertNotArchived(version);
    read.assertIntact(version);
    const overridden = await this.gate.pass(unit.transaction, order, version);
    const below = current?.number ?? null;
    return this.change(unit, order, version, { kind: DeploymentKind.Deploy, below, overridden });
  }

  /**
   * One deployment further back with every call, or to the last one of a version, whatever the policy says. Throws
   * ModelNotFound-, NothingToRollBackTo-, VersionNotFound-, VersionNotBeneath-, VersionArchived- or
   * ArtefactNotIntactError; and FileNotReadError.
   */
  async rollBack(unit: UnitOfWork, order: Order, to: VersionNumber | null, read: ReadFiles): Promise<ModelVersion> {
    const current = await this.locked(unit.transaction, order);
    const wanted = to && (await this.models.version(order.principal.tenant, order.modelId, to, unit.transaction));
    if (wanted?.status === VersionStatus.Deployed) return wanted;
    if (!current) throw new NothingToRollBackToError(order.modelId);
    const target = await this.beneath(unit.transaction, order, current, to);
    const version = await this.models.versionById(order.principal.tenant, target.versionId, unit.transaction);
    assertNotArchived(version);
    read.assertIntact(version);
    this.gate.assertIntact(version);
    return this.change(unit, order, version, { kind: DeploymentKind.Rollback, below: target.below, overridden: [] });
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
    await this.models.lock(transaction, principal.tenant, modelId);
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
    { id: versionId, version }: ModelVersion,
    how: Pick<Change, 'kind' | 'below' | 'overridden'>,
  ): Promise<ModelVersion> {
    const { tenant, sub: actor } = principal;
    await this.deployments.record(unit.transaction, tenant, modelId, {
      ...how,
      versionId,
      actor,
      reason: reason ?? null,
    });
    unit.afterCommit(() => {
      const overridden = how.overridden.length;
      this.logger.log({ msg: 'Version deployed', kind: how.kind, tenant, modelId, version, actor, overridden });
    });
    return this.models.versionById(tenant, versionId, unit.transaction);
  }
}
