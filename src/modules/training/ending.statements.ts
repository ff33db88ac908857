import { measuresOf } from '../jobs/metrics.js';

/** The SQL that ends a run: completed with a numbered version (verifications: with a verdict), failed, or cancelled. */

/** $1 job, $2 attempt, $3 epochs trained: whether it is this attempt's to complete. */
const COMPLETABLE = `
  id = $1 AND attempt = $2 AND status = 'running' AND worker_id IS NOT NULL AND cancel_requested_at IS NULL
  AND current_epoch = $3`;

/** Held until the transaction ends, if it is this attempt's to complete. */
export const HOLD_COMPLETABLE = `SELECT FROM training_jobs WHERE ${COMPLETABLE} FOR NO KEY UPDATE`;

/** What a held job becomes, beside what it came to. */
export const COMPLETED = `
  status = 'completed',
  phase = 'done',
  progress = 100,
  completed_at = clock_timestamp(),
  actual_duration = extract(epoch FROM clock_timestamp() - started_at) * 1000,
  estimated_time_remaining = 0,
  estimated_low = 0,
  estimated_high = 0,
  lease_expires_at = clock_timestamp(),
  -- Set where this worker was declared lost and came back: nobody else is to take it any more.
  dispatch_at = NULL,
  checkpoint = NULL,
  updated_at = clock_timestamp()`;

/**
 * $1 job, $2 attempt, $3 epochs trained, $4 metrics, $5 performance, $6 path, $7 bytes, $8 sha256. Locks the job, then the
 * model. First 1.0.0, then what the job's bump makes of the highest; the number that was asked for, where it is higher
 * than that. Arrays are compared like versions. No row: not this attempt's to complete; no version: it has none.
 */
export const COMPLETE = {
  name: 'run-complete',
  text: `
    WITH held AS MATERIALIZED (
      SELECT id, tenant_id, model_id, version_bump, wanted_version FROM training_jobs WHERE ${COMPLETABLE}
      FOR NO KEY UPDATE
    ),
    model AS MATERIALIZED (SELECT held.*, lock_highest_version(tenant_id, model_id) AS highest FROM held),
    next AS (
      SELECT model.*, CASE
        WHEN wanted_version > highest OR (highest IS NULL AND wanted_version IS NOT NULL) THEN wanted_version
        WHEN highest IS NULL THEN ARRAY[1, 0, 0]
        WHEN version_bump = 'major' THEN ARRAY[highest[1] + 1, 0, 0]
        WHEN version_bump = 'minor' THEN ARRAY[highest[1], highest[2] + 1, 0]
        ELSE ARRAY[highest[1], highest[2], highest[3] + 1]
      END AS number
      FROM model
    ),
    numbered AS (
      UPDATE model_versions AS version SET
        status = 'ready',
        major = next.number[1],
        minor = next.number[2],
        patch = next.number[3],
        version = array_to_string(next.number, '.'),
        metrics = $4::jsonb,
        measures = ${measuresOf('$4::jsonb')},
        performance = $5::jsonb,
        file_path = $6,
        file_size = $7,
        sha256 = $8,
        artefact_state = 'intact',
        artefact_checked_at = clock_timestamp()
      FROM next WHERE version.training_job_id = next.id AND version.status = 'training'
      RETURNING version.version, next.tenant_id, next.model_id
    ),
    completed AS (
      UPDATE training_jobs SET ${COMPLETED}, metrics = $4::jsonb, version = numbered.version
      FROM numbered WHERE training_jobs.id = $1
    ),
    touched AS (
      UPDATE models SET updated_at = clock_timestamp()
      FROM numbered WHERE models.tenant_id = numbered.tenant_id AND models.id = numbered.model_id
    )
    SELECT numbered.version FROM held LEFT JOIN numbered ON true`,
};

/** $1 job, $2 attempt. */
export const COMPLETED_VERSION = {
  name: 'run-completed-version',
  text: `
    SELECT version.version FROM training_jobs AS job JOIN model_versions AS version ON version.training_job_id = job.id
    WHERE job.id = $1 AND job.attempt = $2 AND job.status = 'completed'`,
};

/** $1 job, $2 attempt, $3 error code, $4 error. A cancel that was asked for first wins over a failure. */
export const END = {
  name: 'run-end',
  text: `
    WITH ended AS (
      UPDATE training_jobs SET
        status = CASE WHEN cancel_requested_at IS NULL THEN 'failed' ELSE 'cancelled' END,
        phase = 'done',
        error_code = CASE WHEN cancel_requested_at IS NULL THEN $3 END,
        error = CASE WHEN cancel_requested_at IS NULL THEN $4 END,
        completed_at = clock_timestamp(),
        actual_duration = extract(epoch FROM clock_timestamp() - started_at) * 1000,
        estimated_time_remaining = NULL,
        estimated_low = NULL,
        estimated_high = NULL,
        lease_expires_at = clock_timestamp(),
        dispatch_at = NULL,
        updated_at = clock_timestamp()
      -- Without a worker it was handed back already, or is to be tried again: an answer got lost.
      WHERE id = $1 AND attempt = $2 AND status = 'running' AND worker_id IS NOT NULL
        AND (cancel_requested_at IS NOT NULL OR $3::text IS NOT NULL)
      RETURNING id, status
    ),
    archived AS (
      UPDATE model_versions AS version SET status = 'archived', status_reason = 'job_' || ended.status
      FROM ended WHERE version.training_job_id = ended.id AND version.status = 'training'
    )
    SELECT status FROM ended`,
};
