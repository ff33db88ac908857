import { LINE } from '../../queue/line.js';
import { CONTROL_CHANNEL } from '../../queue/queues.js';

/**
 * $1 job, $2 tenant, $3 dataset, $4 request id, $5 trace context, $6 seconds for which whoever starts it keeps the
 * dispatch to themselves. `columns`: what is returned of the job. Dataset, then job, as locks are taken everywhere.
 */
export const start = (columns: string) => ({
  name: 'job-start',
  text: `
    WITH dataset AS MATERIALIZED (
      SELECT id AS held, status AS standing FROM training_datasets WHERE id = $3 AND tenant_id = $2 FOR SHARE
    )
    UPDATE training_jobs AS row SET
      phase = CASE WHEN standing = 'ready' THEN 'queued' ELSE 'waiting_for_dataset' END,
      queued_at = clock_timestamp(),
      enqueued_at = clock_timestamp(),
      generation = row.generation + 1,
      dispatch_at = CASE WHEN standing = 'ready' THEN clock_timestamp() + $6 * interval '1 second' END,
      request_id = $4,
      trace_parent = $5,
      updated_at = clock_timestamp()
    FROM dataset
    WHERE row.id = $1 AND row.tenant_id = $2 AND row.dataset_id = held AND standing <> 'error'
      AND row.status = 'pending' AND row.phase = 'created'
    RETURNING ${columns}, ${LINE.priority} AS "linePriority"`,
});

/**
 * $1 job, $2 tenant. One update over pending and running alike, so that no job falls between claim and cancel. A run
 * with a live lease is asked to stop (the first asking is kept); where nobody trains, the job ends at once and its
 * version with it.
 */
export const CANCEL = `
  WITH moment AS MATERIALIZED (SELECT clock_timestamp() AS at),
  asked AS (
    UPDATE training_jobs AS job SET
      status = CASE WHEN job.status = 'running' AND job.lease_expires_at > at THEN 'running' ELSE 'cancelled' END,
      phase = CASE WHEN job.status = 'running' AND job.lease_expires_at > at THEN 'stopping' ELSE 'done' END,
      completed_at = CASE WHEN job.status = 'running' AND job.lease_expires_at > at THEN NULL ELSE at END,
      actual_duration = CASE WHEN job.status = 'running' AND job.lease_expires_at <= at
        THEN extract(epoch FROM at - job.started_at) * 1000 END,
      estimated_time_remaining = CASE WHEN job.lease_expires_at > at THEN job.estimated_time_remaining END,
      estimated_low = CASE WHEN job.lease_expires_at > at THEN job.estimated_low END,
      estimated_high = CASE WHEN job.lease_expires_at > at THEN job.estimated_high END,
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
  SELECT status, pg_notify('${CONTROL_CHANNEL}', id) FROM asked`;

/** $1 job, $2 tenant. A run with a live lease is asked to stop; what waits is paused at once. */
export const PAUSE = `
  WITH moment AS MATERIALIZED (SELECT clock_timestamp() AS at),
  asked AS (
    UPDATE training_jobs AS job SET
      phase = CASE WHEN job.status = 'running' AND job.lease_expires_at > at THEN 'pausing' ELSE 'paused' END,
      worker_id = CASE WHEN job.lease_expires_at > at THEN job.worker_id END,
      pause_requested_at = at,
      dispatch_at = NULL,
      updated_at = at
    FROM moment
    WHERE job.id = $1 AND job.tenant_id = $2 AND job.status IN ('pending', 'running') AND job.phase <> 'created'
      AND job.pause_requested_at IS NULL AND job.cancel_requested_at IS NULL
    RETURNING job.id, job.phase
  )
  SELECT phase, pg_notify('${CONTROL_CHANNEL}', id) FROM asked`;

/**
 * $1 job, $2 tenant, $3 whether its dataset is ready, $4 dataset. A worker that has not stopped yet goes on; otherwise
 * the job is due again, not before the pause that follows a failure is over. Its deadline moves on by the time it was
 * paused.
 */
export const RESUME = `
  WITH moment AS MATERIALIZED (SELECT clock_timestamp() AS at),
  stood AS (
    SELECT job.id, at,
      CASE
        WHEN job.phase = 'pausing' AND job.lease_expires_at > at THEN 'training'
        WHEN job.status = 'running' AND job.next_attempt_at > at THEN 'retry_wait'
        WHEN job.status = 'running' THEN 'recovering'
        WHEN $3 THEN 'queued'
        ELSE 'waiting_for_dataset'
      END AS phase
    FROM training_jobs AS job, moment
    WHERE job.id = $1 AND job.tenant_id = $2 AND job.dataset_id = $4 AND job.status IN ('pending', 'running')
      AND job.pause_requested_at IS NOT NULL AND job.cancel_requested_at IS NULL
    FOR NO KEY UPDATE OF job
  ),
  resumed AS (
    UPDATE training_jobs AS job SET
      phase = stood.phase,
      worker_id = CASE WHEN stood.phase = 'training' THEN job.worker_id END,
      deadline_at = job.deadline_at + (at - job.pause_requested_at),
      pause_requested_at = NULL,
      generation = job.generation + (stood.phase <> 'training')::int,
      dispatch_at = CASE WHEN stood.phase NOT IN ('training', 'waiting_for_dataset')
        THEN greatest(at, job.next_attempt_at) END,
      enqueued_at = at,
      updated_at = at
    FROM stood WHERE job.id = stood.id
    RETURNING job.phase
  )
  SELECT phase FROM resumed`;
