import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { DatasetStatus } from '../../datasets/dataset-state.js';
import type { Measures } from '../../jobs/metrics.js';
import type { ModelVersion } from '../model-version.entity.js';
import type { Facts } from './facts.js';
import type { DeploymentPolicy } from './policy.js';
import { FACTS, POLICY, SET_POLICY } from './policy.statements.js';

/** A model's policy (null: none), and who last set or removed it (null: nobody ever did). */
export interface StandingPolicy {
  policy: DeploymentPolicy | null;
  changedBy: string | null;
  changedAt: Date | null;
}

interface FactsRow {
  policy: DeploymentPolicy | null;
  datasetId: string;
  datasetStatus: DatasetStatus;
  datasetSize: number | null;
  deployedVersion: string | null;
  deployedMeasures: Measures | null;
}

@Injectable()
export class PoliciesRepository {
  constructor(@InjectDataSource() private readonly source: DataSource) {}

  /** Null: there is no such model. */
  async find(tenantId: string, modelId: string): Promise<StandingPolicy | null> {
    const [found] = await this.source.query<StandingPolicy[]>(POLICY, [tenantId, modelId]);
    return found ?? null;
  }

  /** Of a model that the transaction has locked. */
  async set(
    transaction: EntityManager,
    tenantId: string,
    modelId: string,
    policy: DeploymentPolicy | null,
    actor: string,
  ): Promise<StandingPolicy> {
    const values = [tenantId, modelId, policy && JSON.stringify(policy), actor];
    const [changed] = await transaction.query<StandingPolicy[]>(SET_POLICY, values);
    return changed!;
  }

  /** The policy that a numbered version has to meet, and what it is held against. */
  async factsOf(
    version: ModelVersion,
    transaction: EntityManager = this.source.manager,
  ): Promise<{ policy: DeploymentPolicy | null; facts: Facts }> {
    const { tenantId, id, artefactState, metrics, verdict } = version;
    const [row] = await transaction.query<[FactsRow]>(FACTS, [tenantId, id]);
    const { policy, deployedVersion } = row;
    const facts = {
      version: version.version!,
      artefactState,
      metrics,
      reproducible: verdict && verdict.reproducible,
      dataset: { id: row.datasetId, status: row.datasetStatus, size: row.datasetSize },
      deployed: deployedVersion === null ? null : { version: deployedVersion, metrics: row.deployedMeasures },
    };
    return { policy, facts };
  }
}
