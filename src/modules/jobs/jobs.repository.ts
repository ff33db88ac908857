import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Pool } from 'pg';
import { DataSource, type EntityManager } from 'typeorm';
import { POOL } from '../../database/database.module.js';
import { type Slice, type SliceRequest, sliceOf } from '../../http/page/slice.js';
import type { RunPlan } from './job-plan.js';
import { Job } from './job.entity.js';
import { type JobFilters, JobRows, type JobStanding } from './job-rows.js';
import { DELETE, DELETE_UNNUMBERED, ENSURE_MODEL, NOT_BELOW, REVISE, VERSION_OF } from './jobs.statements.js';

/** A job as it is to be, before it is started. */
export interface JobDeclaration extends RunPlan {
  id: string;
  tenantId: string;
  name: string;
  description: string;
  modelId: string;
}

@Injectable()
export class JobsRepository {
  private readonly rows: JobRows;

  constructor(
    @InjectDataSource() private readonly source: DataSource,
    @Inject(POOL) pool: Pool,
  ) {
    this.rows = new JobRows(source, pool);
  }

  transaction<T>(work: (transaction: EntityManager) => Promise<T>): Promise<T> {
    return this.source.transaction(work);
  }

  /** The model comes with its first job. */
  async insert(transaction: EntityManager, job: JobDeclaration): Promise<Job> {
    await transaction.query(ENSURE_MODEL, [job.tenantId, job.modelId]);
    const table = transaction.getRepository(Job);
    await table.insert(job);
    return table.findOneByOrFail({ id: job.id });
  }

  find(tenantId: string, id: string, transaction?: EntityManager): Promise<Job | null> {
    return this.rows.find(tenantId, id, transaction);
  }

  /** As much of a job as tells how far it has come. */
  standing(tenantId: string, id: string): Promise<JobStanding | null> {
    return this.rows.standing(tenantId, id);
  }

  findIn(transaction: EntityManager, id: string): Promise<Job> {
    return transaction.getRepository(Job).findOneByOrFail({ id });
  }

  /** The number of the version that the job trained; null when it trained none. */
  async numberTrainedBy(transaction: EntityManager, id: string): Promise<string | null> {
    const [row] = await transaction.query<{ version: string }[]>(VERSION_OF, [id]);
    return row?.version ?? null;
  }

  /** The highest version of the model, where it is not below the one that is wanted. */
  async notBelow(transaction: EntityManager, tenantId: string, modelId: string, wanted: readonly number[]) {
    const [row] = await transaction.query<{ version: string }[]>(NOT_BELOW, [tenantId, modelId, wanted]);
    return row?.version ?? null;
  }

  /** With its history. The caller has locked it, and knows that it has ended and that no version rests on it. */
  async delete(transaction: EntityManager, id: string): Promise<void> {
    await transaction.query(DELETE_UNNUMBERED, [id]);
    await transaction.query(DELETE, [id]);
  }

  /** Locks the job until the transaction ends. */
  lock(transaction: EntityManager, tenantId: string, id: string): Promise<Job | null> {
    return transaction.getRepository(Job).findOne({ where: { tenantId, id }, lock: { mode: 'for_no_key_update' } });
  }

  /** Null: the job is not there, or was started. */
  async revise(transaction: EntityManager, job: JobDeclaration): Promise<Job | null> {
    await transaction.query(ENSURE_MODEL, [job.tenantId, job.modelId]);
    const revised = await transaction.query<{ id: string }[]>(REVISE, valuesOf(job));
    return revised.length > 0 ? transaction.getRepository(Job).findOneByOrFail({ id: job.id }) : null;
  }

  /** Newest first. */
  async list(tenantId: string, filters: JobFilters, { limit, after }: SliceRequest): Promise<Slice<Job>> {
    const rows = await this.rows.list(tenantId, filters, { limit: limit + 1, after });
    return sliceOf(rows, limit);
  }
}

function valuesOf(job: JobDeclaration): unknown[] {
  return [
    job.id,
    job.tenantId,
    job.name,
    job.description,
    job.modelId,
    job.datasetId,
    job.modelType,
    job.hyperparameters,
    job.configuration,
    job.simulation,
    job.seed,
    job.totalEpochs,
    job.totalBatches,
    job.estimatedDuration,
    job.priority,
    job.maxAttempts,
    job.maxDurationMs,
    job.versionBump,
    job.wantedVersion,
    job.alertSettings,
  ];
}
