import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, LessThan } from 'typeorm';
import { type Slice, type SliceRequest, sliceOf } from '../../../http/page/slice.js';
import { Deployment, type DeploymentKind } from './deployment.entity.js';
import { AS_OF, BENEATH, CURRENT, LOCK_MODEL, RECORD, WITHDRAW } from './deployment.statements.js';
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

  /** Until the transaction ends, nobody else changes what the model has in production. False: there is no such model. */
  async lock(transaction: EntityManager, tenantId: string, modelId: string): Promise<boolean> {
    const locked = await transaction.query<{ id: string }[]>(LOCK_MODEL, [tenantId, modelId]);
    return locked.length > 0;
  }

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
    await transaction.query(RECORD, [tenantId, modelId, kind, versionId, below, actor, reason, overridden]);
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

  async asOf(tenantId: string, modelId: string, at: Date | null): Promise<Deployment | null> {
    const [found] = await this.source.query<{ number: number }[]>(AS_OF, [tenantId, modelId, at]);
    if (!found) return null;
    return this.source.getRepository(Deployment).findOneBy({ tenantId, modelId, number: found.number });
  }
}
