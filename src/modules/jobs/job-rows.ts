import type { Pool } from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import { prepared } from '../../database/prepared.js';
import type { SliceRequest } from '../../http/page/slice.js';
import type { JobKind } from './job-kind.js';
import type { JobStatus } from './job-state.js';
import { jobColumns } from './job-columns.js';
import type { Job } from './job.entity.js';
import type { ModelType } from './model-type.js';

export interface JobFilters {
  status?: JobStatus[];
  kind?: JobKind[];
  modelType?: ModelType[];
  datasetId?: string[];
  modelId?: string[];
}

/** The filters of a list, by the columns that they hold to one of several values. */
const COLUMNS: Readonly<Record<keyof JobFilters, string>> = {
  status: 'status',
  kind: 'kind',
  modelType: 'model_type',
  datasetId: 'dataset_id',
  modelId: 'model_id',
};

/** What is told of how far a job has come. */
const STANDING = [
  ...(['id', 'tenantId', 'status', 'phase', 'priority', 'enqueuedAt', 'nextAttemptAt'] as const),
  ...(['currentEpoch', 'totalEpochs', 'currentBatch', 'totalBatches'] as const),
  ...(['loss', 'validationLoss', 'accuracy', 'learningRate'] as const),
  ...(['estimatedTimeRemaining', 'estimatedLow', 'estimatedHigh', 'reportedAt', 'updatedAt'] as const),
] satisfies (keyof Job)[];

export type JobStanding = Pick<Job, (typeof STANDING)[number]>;

/**
 * Jobs as they are read most: in one statement written once, and by the names that they have here, so that nothing is to
 * be done with a row. Which columns there are is said by `Job` alone.
 */
export class JobRows {
  readonly #selects = new Map<readonly string[] | undefined, string>();

  constructor(
    private readonly source: DataSource,
    private readonly pool: Pool,
  ) {}

  find(tenantId: string, id: string, transaction?: EntityManager): Promise<Job | null> {
    return this.#one<Job>('job-find', this.#select(), [tenantId, id], transaction);
  }

  standing(tenantId: string, id: string): Promise<JobStanding | null> {
    return this.#one<JobStanding>('job-standing', this.#select(STANDING), [tenantId, id]);
  }

  /** Newest first. Not prepared: which index is best depends on what is asked for. */
  list(tenantId: string, filters: JobFilters, { limit, after }: SliceRequest): Promise<Job[]> {
    const values: unknown[] = [tenantId, limit];
    const given = (value: unknown) => `$${values.push(value)}`;
    const conditions = ['tenant_id = $1'];
    for (const [filter, column] of Object.entries(COLUMNS)) {
      const wanted = filters[filter as keyof JobFilters];
      // Not `= ANY`: of a single value the index gives the rows in order.
      if (wanted) conditions.push(`${column} IN (${wanted.map(given).join(', ')})`);
    }
    if (after) conditions.push(`id < ${given(after)}`);
    const text = `${this.#select()} WHERE ${conditions.join(' AND ')} ORDER BY id DESC LIMIT $2`;
    return this.source.query<Job[]>(text, values);
  }

  async #one<T extends object>(
    name: string,
    select: string,
    values: [tenantId: string, id: string],
    transaction?: EntityManager,
  ): Promise<T | null> {
    const statement = { name, text: `${select} WHERE tenant_id = $1 AND id = $2`, values };
    const rows = transaction ? await prepared<T>(transaction, statement) : (await this.pool.query<T>(statement)).rows;
    return rows[0] ?? null;
  }

  #select(wanted?: readonly string[]): string {
    const known = this.#selects.get(wanted);
    if (known) return known;
    const select = `SELECT ${jobColumns(this.source, wanted)} FROM training_jobs`;
    this.#selects.set(wanted, select);
    return select;
  }
}
