import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { POOL } from '../../database/database.module.js';
import { DatasetStatus } from '../datasets/dataset-state.js';
import type { Declaration, Problem } from './declaration.js';
import { CLAIM, FAIL_JOBS, SETTLE, WAKE_JOBS } from './processing.statements.js';

/** A dataset that this process may settle while the row's attempt is still `attempt`. */
export interface ClaimedDataset extends Declaration {
  id: string;
  attempt: number;
  requestId: string | null;
}

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

  /** Ready, or in error; the jobs that wait for the dataset follow in the same transaction. False: not ours any more. */
  settle(dataset: ClaimedDataset, problem: Problem | null): Promise<boolean> {
    const status = problem ? DatasetStatus.Error : DatasetStatus.Ready;
    return this.source.transaction(async (transaction) => {
      const values = [dataset.id, dataset.attempt, status, problem?.code ?? null, problem?.detail ?? null];
      const settled = await transaction.query<{ id: string }[]>(SETTLE, values);
      if (settled.length === 0) return false;
      if (problem) await transaction.query(FAIL_JOBS, [dataset.id, `The dataset cannot be used. ${problem.detail}`]);
      else await transaction.query(WAKE_JOBS, [dataset.id]);
      return true;
    });
  }
}
