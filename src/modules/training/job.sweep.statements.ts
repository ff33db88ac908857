const BATCH = 100;

/** A cancel whose worker is gone: nobody else will end the run. */
export const END_ORPHANED_CANCELS = {
  name: 'sweep-cancels',
  text: `
    WITH orphaned AS (
      SELECT id FROM training_jobs
      WHERE status = 'running' AND cancel_requested_at IS NOT NULL AND lease_expires_at <= clock_timestamp()
      ORDER BY id LIMIT ${BATCH} FOR NO KEY UPDATE SKIP LOCKED
    ),
    archived AS (
      UPDATE model_versions AS version SET status = 'archived', status_reason = 'job_cancelled'
      FROM orphaned WHERE version.training_job_id = orphaned.id AND version.status = 'training'
    )
    UPDATE training_jobs AS job SET
      status = 'cancelled',
      phase = 'done',
      completed_at = clock_timestamp(),
      actual_duration = extract(epoch FROM clock_timestamp() - job.started_at) * 1000,
      estimated_time_remaining = NULL,
      updated_at = clock_timestamp()
    FROM orphaned WHERE job.id = orphaned.id`,
};

/** A lease that ran out: to the queue once, under a new generation. `recovering` keeps it from being swept again. */
export const RECOVER_EXPIRED = {
  name: 'sweep-expired',
  text: `
    WITH expired AS (
      SELECT id FROM training_jobs
      WHERE status = 'running' AND phase <> 'recovering' AND lease_expires_at <= clock_timestamp()
        AND cancel_requested_at IS NULL AND pause_requested_at IS NULL
      ORDER BY id LIMIT ${BATCH} FOR NO KEY UPDATE SKIP LOCKED
    )
    UPDATE training_jobs AS job SET
      phase = 'recovering',
      generation = job.generation + 1,
      dispatch_at = clock_timestamp(),
      updated_at = clock_timestamp()
    FROM expired WHERE job.id = expired.id`,
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
      updated_at = clock_timestamp()
    FROM ready WHERE job.id = ready.id`,
};

/** Claimable, no live lease, and as far as the row knows the queue has it: the oldest first. */
export const UNDELIVERED = {
  name: 'sweep-undelivered',
  text: `
    SELECT id, generation FROM training_jobs
    WHERE dispatch_at IS NULL AND pause_requested_at IS NULL AND (
      (status = 'pending' AND phase = 'queued')
      OR (status = 'running' AND phase = 'recovering' AND lease_expires_at <= clock_timestamp())
    )
    ORDER BY id LIMIT ${BATCH}`,
};

/** $1 jobs, $2 the generations that the queue was asked about; whoever moved on meanwhile is left alone. */
export const DISPATCH_AGAIN = {
  name: 'sweep-dispatch-again',
  text: `
    UPDATE training_jobs AS job SET generation = job.generation + 1, dispatch_at = clock_timestamp()
    FROM unnest($1::text[], $2::int[]) AS lost (id, generation)
    WHERE job.id = lost.id AND job.generation = lost.generation AND job.dispatch_at IS NULL
      AND ((job.status = 'pending' AND job.phase = 'queued')
        OR (job.status = 'running' AND job.lease_expires_at <= clock_timestamp()))`,
};
