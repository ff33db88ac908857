import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, LessThan, LessThanOrEqual } from 'typeorm';
import { type Slice, type SliceRequest, sliceOf } from '../../../http/page/slice.js';
import { Deployment, type DeploymentKind } from './deployment.entity.js';
import { BENEATH, CURRENT, RECORD, WITHDRAW } from './deployment.statements.js';
import type { AssessedCondition } from './policy.js';

/** What lies on top of the stack, or beneath. */
export interface Standing {
  number: number;
  versionId: string;
  version: string;
  below: number | null;
}

export interface Change {
  kind: DeploymentKind;
  versionId: string;
  below: number | null;
  overridden: readonly AssessedCondition[];
  actor: string;
  reason: string | null;
}

@Injectable()
export class DeploymentsRepository {
  constructor(@InjectDataSource() private readonly source: DataSource) {}

  async current(transaction: EntityManager, tenantId: string, modelId: string): Promise<Standing | null> {
    const [current] = await transaction.query<Standing[]>(CURRENT, [tenantId, modelId]);
    return current ?? null;
  }

  /** The topmost deployment beneath that number, of `version` where one is given. */
  async beneath(
    transaction: EntityManager,
    tenantId: string,
    modelId: string,
    number: number,
    version: string | null,
  ): Promise<Standing | null> {
    const [found] = await transaction.query<Standing[]>(BENEATH, [tenantId, modelId, number, version]);
    return found ?? null;
  }

  /** Puts the version, which is ready, in the place of the deployed one. */
  async record(transaction: EntityManager, tenantId: string, modelId: string, change: Change): Promise<void> {
    const { kind, versionId, below, actor, reason } = change;
    const overridden = change.overridden.length > 0 ? JSON.stringify(change.overridden) : null;
    await transaction.query(WITHDRAW, [tenantId, modelId]);
    const values = [tenantId, modelId, kind, versionId, below, actor, reason, overridden];
    const recorded = await transaction.query<{ number: number }[]>(RECORD, values);
    if (recorded.length === 0) throw new Error(`Version ${versionId} is not ready, and was to be deployed`);
  }

  /** Newest first; a cursor is a deployment's number. */
  async list(tenantId: string, modelId: string, { limit, after }: SliceRequest): Promise<Slice<Deployment>> {
    const rows = await this.source.getRepository(Deployment).find({
      where: { tenantId, modelId, ...(after !== undefined && { number: LessThan(Number(after)) }) },
      order: { number: 'DESC' },
      take: limit + 1,
    });
    return sliceOf(rows, limit);
  }

  /** What was deployed then; null: what is now. */
  asOf(tenantId: string, modelId: string, at: Date | null): Promise<Deployment | null> {
    return this.source.getRepository(Deployment).findOne({
      where: { tenantId, modelId, ...(at && { at: LessThanOrEqual(at) }) },
      order: { number: 'DESC' },
    });
  }
}
