import { measuresOf } from '../jobs/metrics.js';

/** The SQL that ends a run: completed with a numbered version (verifications: with a verdict), failed, or cancelled. */

/** $1 job, $2 attempt, $3 epochs trained. Held until the transaction ends, if it is this attempt's to complete. */
export const HOLD_COMPLETABLE = `
  SELECT tenant_id, model_id FROM training_jobs
  WHERE id = $1 AND attempt = $2 AND status = 'running' AND worker_id IS NOT NULL AND cancel_requested_at IS NULL
    AND current_epoch = $3
  FOR NO KEY UPDATE`;

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
 * $1 job, $2 metrics, $3 performance, $4 path, $5 bytes, $6 sha256. First 1.0.0, then what the job's bump makes of the
 * highest; the number that was asked for, where it is higher than that. Arrays are compared like versions. Completes the job.
 */
export const NUMBER_VERSION = `
  WITH mine AS (
    SELECT version.id, version.tenant_id, version.model_id, job.version_bump, job.wanted_version
    FROM model_versions AS version JOIN training_jobs AS job ON job.id = version.training_job_id
    WHERE version.training_job_id = $1 AND version.status = 'training'
  ),
  highest AS (
    SELECT version.major, version.minor, version.patch
    FROM model_versions AS version JOIN mine USING (tenant_id, model_id)
    WHERE version.major IS NOT NULL
    ORDER BY version.major DESC, version.minor DESC, version.patch DESC LIMIT 1
  ),
  next AS (
    SELECT CASE
      WHEN wanted_version > ARRAY[major, minor, patch] OR (major IS NULL AND wanted_version IS NOT NULL)
        THEN wanted_version
      WHEN major IS NULL THEN ARRAY[1, 0, 0]
      WHEN version_bump = 'major' THEN ARRAY[major + 1, 0, 0]
      WHEN version_bump = 'minor' THEN ARRAY[major, minor + 1, 0]
      ELSE ARRAY[major, minor, patch + 1]
    END AS number
    FROM mine LEFT JOIN highest ON true
  ),
  numbered AS (
    UPDATE model_versions AS version SET
      status = 'ready',
      major = next.number[1],
      minor = next.number[2],
      patch = next.number[3],
      version = array_to_string(next.number, '.'),
      metrics = $2::jsonb,
      measures = ${measuresOf('$2::jsonb')},
      performance = $3::jsonb,
      file_path = $4,
      file_size = $5,
      sha256 = $6,
      artefact_state = 'intact',
      artefact_checked_at = clock_timestamp()
    FROM mine, next WHERE version.id = mine.id
    RETURNING version.version
  ),
  completed AS (
    UPDATE training_jobs SET ${COMPLETED}, metrics = $2::jsonb, version = numbered.version
    FROM numbered WHERE training_jobs.id = $1
  ),
  touched AS (
    UPDATE models SET updated_at = clock_timestamp()
    FROM mine WHERE models.tenant_id = mine.tenant_id AND models.id = mine.model_id
  )
  SELECT version FROM numbered`;

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
