/**
 * The SQL of a run from its claim to its release, each statement with its guard in view. `clock_timestamp()` is used
 * throughout: `now()` stands still inside a transaction.
 */

/**
 * $1 job, $2 delivered generation, $3 claim id, $4 worker, $5 lease in ms, $6 id for the version row, $7 whether its
 * dispatch has to be on record (queue/reserve-within-quotas.ts). A running job is
 * free once its lease was declared lost or given back, which raised its generation: a lease that merely ran out, of a
 * worker that comes back from an outage, is nobody's to take (docs/decisions/0009).
 */
export const CLAIM = {
  name: 'run-claim',
  text: `
    WITH claimed AS (
      UPDATE training_jobs AS job SET
        status = 'running',
        phase = 'starting',
        attempt = job.attempt + 1,
        claim_id = $3,
        worker_id = $4,
        lease_expires_at = clock_timestamp() + $5 * interval '1 millisecond',
        started_at = coalesce(job.started_at, clock_timestamp()),
        deadline_at = coalesce(job.deadline_at, clock_timestamp() + job.max_duration_ms * interval '1 millisecond'),
        next_attempt_at = NULL,
        dispatch_at = NULL,
        dataset_sha256 = (SELECT content_sha256 FROM training_datasets WHERE id = job.dataset_id),
        updated_at = clock_timestamp()
      WHERE job.id = $1
        AND job.generation = $2
        AND ((job.status = 'pending' AND job.phase = 'queued')
          OR (job.status = 'running' AND job.phase IN ('recovering', 'retry_wait')
            AND job.lease_expires_at <= clock_timestamp()))
        AND job.cancel_requested_at IS NULL
        AND job.pause_requested_at IS NULL
        AND (job.next_attempt_at IS NULL OR job.next_attempt_at <= clock_timestamp())
        AND (NOT $7 OR job.dispatch_at IS NULL OR job.dispatch_at > clock_timestamp())
      RETURNING job.*
    ),
    unnumbered AS (
      INSERT INTO model_versions (id, tenant_id, model_id, training_job_id)
      SELECT $6, tenant_id, model_id, id FROM claimed WHERE kind = 'training'
      ON CONFLICT (training_job_id) DO NOTHING
    )
    SELECT
      claimed.id, claimed.model_id AS "modelId", claimed.verifies, claimed.retry_of AS "retryOf",
      claimed.alert_settings AS "alertSettings", claimed.attempt, claimed.request_id AS "requestId",
      claimed.trace_parent AS "traceParent",
      claimed.total_epochs AS "totalEpochs", claimed.current_epoch AS "currentEpoch", claimed.checkpoint,
      claimed.model_type AS "modelType", claimed.hyperparameters, claimed.configuration, claimed.simulation,
      claimed.seed, dataset.type AS "datasetType", dataset.size AS "datasetSize", dataset.features,
      dataset.target_column AS "targetColumn",
      (SELECT profile -> 'classes' FROM dataset_profiles WHERE dataset_id = dataset.id) AS classes,
      claimed.dataset_sha256 AS "datasetSha256",
      extract(epoch FROM claimed.deadline_at - clock_timestamp())::float8 * 1000 AS "msLeft",
      -- The next loss of its worker would end the job: it shall not be a neighbour's doing.
      coalesce(
        claimed.last_error_code = 'worker_lost' AND claimed.failures > 0 AND claimed.failures + 1 >= claimed.max_attempts,
        false
      ) AS "lastChance"
    FROM claimed JOIN training_datasets AS dataset ON dataset.id = claimed.dataset_id`,
};

/**
 * $1 job, $2 attempt. Due at once for whoever is next, or paused if that was asked for and not withdrawn. Names no
 * worker, so that nobody takes it for lost.
 */
export const RELEASE = {
  name: 'run-release',
  text: `
    UPDATE training_jobs SET
      phase = CASE WHEN pause_requested_at IS NULL THEN 'recovering' ELSE 'paused' END,
      worker_id = NULL,
      lease_expires_at = clock_timestamp(),
      generation = generation + 1,
      dispatch_at = CASE WHEN pause_requested_at IS NULL THEN clock_timestamp() END,
      enqueued_at = clock_timestamp(),
      updated_at = clock_timestamp()
    WHERE id = $1 AND attempt = $2 AND status = 'running' AND worker_id IS NOT NULL AND cancel_requested_at IS NULL
    RETURNING phase`,
};

/**
 * $1 job, $2 claim id. For a claim whose answer got lost: if it was committed, it is given back. The row is locked
 * first, by its id alone: a claim whose commit is still under way does not show in the row yet, and is waited for.
 */
export const UNCLAIM = {
  name: 'run-unclaim',
  text: `
    WITH held AS MATERIALIZED (
      SELECT id, claim_id, status, worker_id, cancel_requested_at, pause_requested_at FROM training_jobs
      WHERE id = $1 FOR NO KEY UPDATE
    )
    UPDATE training_jobs AS job SET
      phase = 'recovering',
      worker_id = NULL,
      lease_expires_at = clock_timestamp(),
      generation = job.generation + 1,
      dispatch_at = clock_timestamp(),
      updated_at = clock_timestamp()
    FROM held
    WHERE job.id = held.id AND held.claim_id = $2 AND held.status = 'running' AND held.worker_id IS NOT NULL
      AND held.cancel_requested_at IS NULL AND held.pause_requested_at IS NULL`,
};

/**
 * $1 job, $2 attempt, $3 error code, $4 error, $5 first pause in ms, $6 longest pause in ms. Another try after a pause
 * that doubles with each failure in a row, shortened by up to half so that jobs that failed together come back apart.
 */
export const RETRY = {
  name: 'run-retry',
  text: `
    WITH pause AS MATERIALIZED (SELECT clock_timestamp() AS at, 0.5 + random() / 2 AS share)
    UPDATE training_jobs AS job SET
      phase = CASE WHEN job.pause_requested_at IS NULL THEN 'retry_wait' ELSE 'paused' END,
      failures = job.failures + 1,
      last_error_code = $3,
      last_error = $4,
      worker_id = NULL,
      lease_expires_at = at,
      next_attempt_at = at + share * least($5 * 2.0 ^ job.failures, $6) * interval '1 millisecond',
      generation = job.generation + 1,
      dispatch_at = CASE WHEN job.pause_requested_at IS NULL
        THEN at + share * least($5 * 2.0 ^ job.failures, $6) * interval '1 millisecond' END,
      enqueued_at = at,
      updated_at = at
    FROM pause
    WHERE job.id = $1 AND job.attempt = $2 AND job.status = 'running' AND job.worker_id IS NOT NULL
      AND job.cancel_requested_at IS NULL AND job.failures + 1 < job.max_attempts
    RETURNING job.next_attempt_at AS "nextAttemptAt"`,
};

/** $1 job, $2 attempt. */
export const INSPECT = {
  name: 'run-inspect',
  text: `
    SELECT current_epoch AS "currentEpoch",
      CASE
        WHEN attempt <> $2 OR status <> 'running' OR worker_id IS NULL THEN 'superseded'
        WHEN cancel_requested_at IS NOT NULL THEN 'cancelled'
        WHEN pause_requested_at IS NOT NULL THEN 'paused'
        ELSE 'mine'
      END AS standing
    FROM training_jobs WHERE id = $1`,
};

/** $1 jobs. Those that were asked to stop. */
export const ASKED_TO_STOP = {
  name: 'run-asked-to-stop',
  text: `
    SELECT id, CASE WHEN cancel_requested_at IS NOT NULL THEN 'cancelled' ELSE 'paused' END AS cause
    FROM training_jobs
    WHERE id = ANY($1) AND (cancel_requested_at IS NOT NULL OR pause_requested_at IS NOT NULL)`,
};
