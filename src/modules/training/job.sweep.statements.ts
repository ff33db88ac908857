const BATCH = 100;

/** A step that archives the versions of the jobs that another step has chosen to end. */
const archivedAs = (chosen: string, reason = 'job_failed') => `
    archived AS (
      UPDATE model_versions AS version SET status = 'archived', status_reason = '${reason}'
      FROM ${chosen} WHERE version.training_job_id = ${chosen}.id AND version.status = 'training'
    )`;

/** A cancel whose worker is gone: nobody else will end the run. */
export const END_ORPHANED_CANCELS = {
  name: 'sweep-cancels',
  text: `
    WITH orphaned AS (
      SELECT id FROM training_jobs
      WHERE status = 'running' AND cancel_requested_at IS NOT NULL AND lease_expires_at <= clock_timestamp()
      ORDER BY id LIMIT ${BATCH} FOR NO KEY UPDATE SKIP LOCKED
    ),
    ${archivedAs('orphaned', 'job_cancelled')}
    UPDATE training_jobs AS job SET
      status = 'cancelled',
      phase = 'done',
      completed_at = clock_timestamp(),
      actual_duration = extract(epoch FROM clock_timestamp() - job.started_at) * 1000,
      estimated_time_remaining = NULL,
      estimated_low = NULL,
      estimated_high = NULL,
      updated_at = clock_timestamp()
    FROM orphaned WHERE job.id = orphaned.id`,
};

/** A pause whose worker is gone. */
export const END_ORPHANED_PAUSES = {
  name: 'sweep-pauses',
  text: `
    WITH orphaned AS (
      SELECT id FROM training_jobs
      WHERE status = 'running' AND phase = 'pausing' AND cancel_requested_at IS NULL
        AND lease_expires_at <= clock_timestamp()
      ORDER BY id LIMIT ${BATCH} FOR NO KEY UPDATE SKIP LOCKED
    )
    UPDATE training_jobs AS job SET phase = 'paused', worker_id = NULL, updated_at = clock_timestamp()
    FROM orphaned WHERE job.id = orphaned.id`,
};

/** Jobs past their deadline that no worker has, and so none will end. */
export const END_OVERDUE = {
  name: 'sweep-overdue',
  text: `
    WITH overdue AS (
      SELECT id FROM training_jobs
      WHERE status = 'running' AND deadline_at <= clock_timestamp() AND lease_expires_at <= clock_timestamp()
        AND cancel_requested_at IS NULL AND pause_requested_at IS NULL
      ORDER BY id LIMIT ${BATCH} FOR NO KEY UPDATE SKIP LOCKED
    ),
    ${archivedAs('overdue')}
    UPDATE training_jobs AS job SET
      status = 'failed',
      phase = 'done',
      error_code = 'timed_out',
      error = 'The job took longer than its maxDurationMs.',
      completed_at = clock_timestamp(),
      actual_duration = extract(epoch FROM clock_timestamp() - job.started_at) * 1000,
      estimated_time_remaining = NULL,
      estimated_low = NULL,
      estimated_high = NULL,
      dispatch_at = NULL,
      updated_at = clock_timestamp()
    FROM overdue WHERE job.id = overdue.id`,
};

/**
 * $1 lease in ms. Leases that ran out: the one place where a worker is declared lost. The run goes to the queue under a
 * new generation, unless this was the last attempt it had; one that was not alone in its worker (CLAIM's lastChance) is
 * never the last, for a neighbour may have been at fault. Not within a lease after the server's start: until then
 * workers that sat out the outage have not had the time to renew.
 */
export const DECLARE_LOST = {
  name: 'sweep-lost',
  text: `
    WITH lost AS (
      SELECT id, failures + 1 >= max_attempts AND (max_attempts = 1 OR last_error_code = 'worker_lost') AS last
      FROM training_jobs
      WHERE status = 'running' AND worker_id IS NOT NULL AND phase NOT IN ('recovering', 'pausing')
        AND lease_expires_at <= clock_timestamp()
        AND cancel_requested_at IS NULL AND pause_requested_at IS NULL
        AND pg_postmaster_start_time() <= clock_timestamp() - $1 * interval '1 millisecond'
      ORDER BY id LIMIT ${BATCH} FOR NO KEY UPDATE SKIP LOCKED
    ),
    hopeless AS (SELECT id FROM lost WHERE last),
    ${archivedAs('hopeless')}
    UPDATE training_jobs AS job SET
      status = CASE WHEN last THEN 'failed' ELSE 'running' END,
      phase = CASE WHEN last THEN 'done' ELSE 'recovering' END,
      failures = CASE WHEN last THEN job.failures + 1 ELSE least(job.failures + 1, job.max_attempts - 1) END,
      last_error_code = 'worker_lost',
      last_error = 'The worker was lost.',
      error_code = CASE WHEN last THEN 'worker_lost' END,
      error = CASE WHEN last THEN
        'The worker was lost; no attempt is left. Attempts that failed in a row: ' || (job.failures + 1) || '.' END,
      completed_at = CASE WHEN last THEN clock_timestamp() END,
      actual_duration = CASE WHEN last THEN extract(epoch FROM clock_timestamp() - job.started_at) * 1000 END,
      estimated_time_remaining = CASE WHEN NOT last THEN job.estimated_time_remaining END,
      estimated_low = CASE WHEN NOT last THEN job.estimated_low END,
      estimated_high = CASE WHEN NOT last THEN job.estimated_high END,
      generation = job.generation + (NOT last)::int,
      dispatch_at = CASE WHEN NOT last THEN clock_timestamp() END,
      enqueued_at = clock_timestamp(),
      updated_at = clock_timestamp()
    FROM lost WHERE job.id = lost.id`,
};

/** Jobs whose dataset has settled; the transaction that settles it wakes them, this is for what it could not see. */
export const WAKE_WAITING = {
  name: 'sweep-waiting',
  text: `
    WITH ready AS (
      SELECT job.id FROM training_jobs AS job JOIN training_datasets AS dataset ON dataset.id = job.dataset_id
      WHERE dataset.status = 'ready' AND job.status = 'pending' AND job.phase = 'waiting_for_dataset'
      ORDER BY job.id LIMIT ${BATCH} FOR NO KEY UPDATE OF job SKIP LOCKED
    )
    UPDATE training_jobs AS job SET
      phase = 'queued',
      generation = job.generation + 1,
      dispatch_at = clock_timestamp(),
      enqueued_at = clock_timestamp(),
      updated_at = clock_timestamp()
    FROM ready WHERE job.id = ready.id`,
};

/** The same for datasets that ended in error. */
export const FAIL_WAITING = {
  name: 'sweep-waiting-for-error',
  text: `
    WITH failed AS (
      SELECT job.id, dataset.error FROM training_jobs AS job JOIN training_datasets AS dataset ON dataset.id = job.dataset_id
      WHERE dataset.status = 'error' AND job.status = 'pending' AND job.phase = 'waiting_for_dataset'
      ORDER BY job.id LIMIT ${BATCH} FOR NO KEY UPDATE OF job SKIP LOCKED
    )
    UPDATE training_jobs AS job SET
      status = 'failed',
      phase = 'done',
      error_code = 'dataset_error',
      error = 'The dataset cannot be used. ' || coalesce(failed.error, ''),
      completed_at = clock_timestamp(),
      updated_at = clock_timestamp()
    FROM failed WHERE job.id = failed.id`,
};

/** What a worker may claim, as far as the row alone tells. */
const CLAIMABLE = `(
      (status = 'pending' AND phase = 'queued')
      OR (status = 'running' AND phase IN ('recovering', 'retry_wait') AND lease_expires_at <= clock_timestamp())
    ) AND pause_requested_at IS NULL AND cancel_requested_at IS NULL
      AND (next_attempt_at IS NULL OR next_attempt_at <= clock_timestamp())`;

/** $1 jobs after this id. Claimable, and as far as the row knows the queue has it. */
export const UNDELIVERED = {
  name: 'sweep-undelivered',
  text: `
    SELECT id, generation FROM training_jobs
    WHERE id > $1 AND dispatch_at IS NULL AND ${CLAIMABLE}
    ORDER BY id LIMIT ${BATCH}`,
};

/** $1 jobs, $2 the generations that the queue was asked about; whoever moved on meanwhile is left alone. */
export const DISPATCH_AGAIN = {
  name: 'sweep-dispatch-again',
  text: `
    UPDATE training_jobs AS job SET generation = job.generation + 1, dispatch_at = clock_timestamp()
    FROM unnest($1::text[], $2::int[]) AS lost (lost_id, lost_generation)
    WHERE job.id = lost_id AND job.generation = lost_generation AND job.dispatch_at IS NULL AND ${CLAIMABLE}`,
};
