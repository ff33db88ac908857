import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { CANCEL_CHANNEL } from '../../queue/queues.js';
import { DatasetStatus } from '../datasets/dataset-state.js';
import { DatasetInErrorError } from './jobs.errors.js';

/** What became of a start: its phase, or null when the guard did not let it through (started before, ended, gone). */
export type StartOutcome = 'queued' | 'waiting_for_dataset' | null;

/** What became of a cancel, or null when the job had ended otherwise before. */
export type CancelOutcome = 'cancelled' | 'stopping' | null;

/**
 * The API's half of the training protocol (docs/architecture.md): every statement carries its guard, and time is the
 * database's. Locks are taken in the order dataset, job, model.
 */
@Injectable()
export class JobProtocol {
  constructor(@InjectDataSource() private readonly source: DataSource) {}

  /** Sends a job on its way, or lets it wait for its dataset. Throws DatasetInErrorError. */
  async start(
    transaction: EntityManager,
    tenantId: string,
    jobId: string,
    datasetId: string,
    requestId: string,
  ): Promise<StartOutcome> {
    const [dataset] = await transaction.query<{ status: DatasetStatus; error: string | null }[]>(
      'SELECT status, error FROM training_datasets WHERE id = $1 AND tenant_id = $2 FOR SHARE',
      [datasetId, tenantId],
    );
    if (dataset?.status === DatasetStatus.Error) throw new DatasetInErrorError(datasetId, dataset.error);
    const ready = dataset?.status === DatasetStatus.Ready;
    const [started] = await transaction.query<{ phase: StartOutcome }[]>(
      `
        WITH started AS (
        UPDATE training_jobs SET
          phase = CASE WHEN $3 THEN 'queued' ELSE 'waiting_for_dataset' END,
          queued_at = clock_timestamp(),
          generation = generation + 1,
          dispatch_at = CASE WHEN $3 THEN clock_timestamp() END,
          request_id = $4,
          updated_at = clock_timestamp()
        WHERE id = $1 AND tenant_id = $2 AND dataset_id = $5 AND status = 'pending' AND phase = 'created'
        RETURNING phase
        ) SELECT phase FROM started`,
      [jobId, tenantId, ready, requestId, datasetId],
    );
    return started?.phase ?? null;
  }

  /**
   * One update over pending and running alike, so that no job falls between claim and cancel. A run with a live lease
   * is asked to stop (the first asking is kept); where nobody trains, the job ends at once and its version with it.
   */
  async cancel(tenantId: string, jobId: string): Promise<CancelOutcome> {
    const [row] = await this.source.query<{ status: string }[]>(
      `
      WITH moment AS MATERIALIZED (SELECT clock_timestamp() AS at),
      asked AS (
        UPDATE training_jobs AS job SET
          status = CASE WHEN job.status = 'running' AND job.lease_expires_at > at THEN 'running' ELSE 'cancelled' END,
          phase = CASE WHEN job.status = 'running' AND job.lease_expires_at > at THEN 'stopping' ELSE 'done' END,
          completed_at = CASE WHEN job.status = 'running' AND job.lease_expires_at > at THEN NULL ELSE at END,
          actual_duration = CASE WHEN job.status = 'running' AND job.lease_expires_at <= at
            THEN extract(epoch FROM at - job.started_at) * 1000 END,
          cancel_requested_at = coalesce(job.cancel_requested_at, at),
          dispatch_at = NULL,
          updated_at = at
        FROM moment
        WHERE job.id = $1 AND job.tenant_id = $2 AND job.status IN ('pending', 'running')
        RETURNING job.id, job.status
      ),
      archived AS (
        UPDATE model_versions SET status = 'archived', status_reason = 'job_cancelled'
        FROM asked
        WHERE model_versions.training_job_id = asked.id AND asked.status = 'cancelled'
          AND model_versions.status = 'training'
      )
      SELECT status, pg_notify('${CANCEL_CHANNEL}', id) FROM asked`,
      [jobId, tenantId],
    );
    if (!row) return null;
    return row.status === 'cancelled' ? 'cancelled' : 'stopping';
  }
}
