import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { prepared } from '../../database/prepared.js';
import type { Due } from '../../queue/reserve.js';
import { DatasetStatus } from '../datasets/dataset-state.js';
import { jobColumns } from './job-columns.js';
import { CANCEL, PAUSE, RESUME, start } from './job-control.statements.js';
import { JobPhase } from './job-state.js';
import type { Job } from './job.entity.js';
import { DatasetInErrorError } from './jobs.errors.js';

/** A started job; its delivery, if it is queued and the starter is to see to its dispatch. */
export interface Started {
  job: Job;
  delivery: Due | null;
}

/** The request that starts a job. */
export interface StartedBy {
  requestId?: string;
  /** W3C `traceparent`, where the request is traced. */
  traceParent?: string | null;
}

/** What became of a cancel, or null when the job had ended otherwise before. */
export type CancelOutcome = 'cancelled' | 'stopping' | null;

/** What became of a pause, or null when there was nothing to pause, or it was paused before. */
export type PauseOutcome = JobPhase.Pausing | JobPhase.Paused | null;

/**
 * The API's half of the training protocol (docs/architecture.md): every statement carries its guard, and time is the
 * database's. Changes are made in transactions: those of a request are on record by whom. Locks are taken in the order dataset, job, model.
 */
@Injectable()
export class JobProtocol {
  readonly #start: ReturnType<typeof start>;

  constructor(@InjectDataSource() private readonly source: DataSource) {
    this.#start = start(jobColumns(source));
  }

  /**
   * Sends a job on its way, or lets it wait for its dataset; null when the guard did not let it through (started before,
   * ended, gone). `reservedSeconds`: how long nobody else dispatches it; 0: it is due at once, for everybody. Throws
   * DatasetInErrorError.
   */
  async start(
    transaction: EntityManager,
    tenantId: string,
    jobId: string,
    datasetId: string,
    { requestId = '', traceParent = null }: StartedBy,
    reservedSeconds = 0,
  ): Promise<Started | null> {
    const values = [jobId, tenantId, datasetId, requestId, traceParent, reservedSeconds];
    const [row] = await prepared<Job & { linePriority: number }>(transaction, { ...this.#start, values });
    if (!row) {
      await this.datasetIsReady(transaction, tenantId, datasetId);
      return null;
    }
    const { linePriority: priority, ...job } = row;
    const isReserved = job.phase === JobPhase.Queued && reservedSeconds > 0;
    const { id, generation } = job;
    return { job, delivery: isReserved ? { id, generation, priority, overdue: 0, traceParent } : null };
  }

  async cancel(tenantId: string, jobId: string): Promise<CancelOutcome> {
    const [row] = await this.source.transaction((transaction) =>
      transaction.query<{ status: string }[]>(CANCEL, [jobId, tenantId]),
    );
    if (!row) return null;
    return row.status === 'cancelled' ? 'cancelled' : 'stopping';
  }

  async pause(tenantId: string, jobId: string): Promise<PauseOutcome> {
    const [row] = await this.source.transaction((transaction) =>
      transaction.query<{ phase: PauseOutcome }[]>(PAUSE, [jobId, tenantId]),
    );
    return row?.phase ?? null;
  }

  /** The phase that follows, or null when the job was not paused. Throws DatasetInErrorError. */
  resume(tenantId: string, jobId: string, datasetId: string): Promise<JobPhase | null> {
    return this.source.transaction(async (transaction) => {
      const ready = await this.datasetIsReady(transaction, tenantId, datasetId);
      const [resumed] = await transaction.query<{ phase: JobPhase }[]>(RESUME, [jobId, tenantId, ready, datasetId]);
      return resumed?.phase ?? null;
    });
  }

  /** Keeps the dataset's status as it is until the transaction ends. Throws DatasetInErrorError. */
  async datasetIsReady(transaction: EntityManager, tenantId: string, datasetId: string): Promise<boolean> {
    const [dataset] = await transaction.query<{ status: DatasetStatus; error: string | null }[]>(
      'SELECT status, error FROM training_datasets WHERE id = $1 AND tenant_id = $2 FOR SHARE',
      [datasetId, tenantId],
    );
    if (dataset?.status === DatasetStatus.Error) throw new DatasetInErrorError(datasetId, dataset.error);
    return dataset?.status === DatasetStatus.Ready;
  }
}
