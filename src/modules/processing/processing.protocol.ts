import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Pool } from 'pg';
import { DataSource, type EntityManager } from 'typeorm';
import { POOL } from '../../database/database.module.js';
import { DatasetStatus } from '../datasets/dataset-state.js';
import type { DatasetMetadata } from '../datasets/dataset-type.js';
import type { Declaration } from './declaration.js';
import type { Inspection } from './inspection/inspection.js';
import { CLAIM, FAIL_JOBS, KEEP_PROFILE, RELEASE, RENEW, SETTLE, WAKE_JOBS } from './processing.statements.js';
import { storableJson, storableText } from './storable-json.js';

/** A dataset that this process may settle while the row's attempt is still `attempt`. */
export interface ClaimedDataset extends Declaration {
  id: string;
  attempt: number;
  requestId: string | null;
  features: string[] | null;
  metadata: DatasetMetadata;
  /** Null: its data lie elsewhere. */
  contentKey: string | null;
  contentBytes: number | null;
}

/** What was found; nothing for data that lie elsewhere, unless their declaration has a problem. */
export type Finding = Inspection | null;

/** Dataset processing, with generation, lease and attempt as for jobs (docs/architecture.md). */
@Injectable()
export class ProcessingProtocol {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @InjectDataSource() private readonly source: DataSource,
  ) {}

  async claim(id: string, generation: number, workerId: string, leaseMs: number): Promise<ClaimedDataset | null> {
    const { rows } = await this.pool.query<ClaimedDataset>({ ...CLAIM, values: [id, generation, workerId, leaseMs] });
    return rows[0] ?? null;
  }

  /** False: not ours any more. */
  async renew({ id, attempt }: ClaimedDataset, leaseMs: number): Promise<boolean> {
    const { rowCount } = await this.pool.query({ ...RENEW, values: [id, attempt, leaseMs] });
    return rowCount === 1;
  }

  /** Somebody is to look at it again, after `delayMs`. */
  async release({ id, attempt }: ClaimedDataset, delayMs: number): Promise<void> {
    await this.pool.query({ ...RELEASE, values: [id, attempt, delayMs] });
  }

  /** Ready, or in error; the jobs that wait for the dataset follow in the same transaction. False: not ours any more. */
  settle(dataset: ClaimedDataset, finding: Finding): Promise<boolean> {
    return this.source.transaction(async (transaction) => {
      const settled = await transaction.query<{ id: string }[]>(SETTLE, settlementOf(dataset, finding));
      if (settled.length === 0) return false;
      await followed(transaction, dataset, finding);
      return true;
    });
  }
}

function settlementOf({ id, attempt }: ClaimedDataset, finding: Finding): unknown[] {
  if (finding?.problems) {
    const [{ code, detail }] = finding.problems as [{ code: string; detail: string }];
    return [id, attempt, DatasetStatus.Error, code, storableText(detail), storableJson(finding.problems), null, null];
  }
  const measured = finding ? [finding.rows, finding.features.map(storableText)] : [null, null];
  return [id, attempt, DatasetStatus.Ready, null, null, null, ...measured];
}

async function followed(transaction: EntityManager, { id }: ClaimedDataset, finding: Finding): Promise<void> {
  if (finding?.problems) {
    const detail = storableText(finding.problems[0]!.detail);
    await transaction.query(FAIL_JOBS, [id, `The dataset cannot be used. ${detail}`]);
    return;
  }
  if (finding) {
    await transaction.query(KEEP_PROFILE, [id, storableJson(finding.profile), storableJson(finding.preview)]);
  }
  await transaction.query(WAKE_JOBS, [id]);
}
