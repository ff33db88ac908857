/** $1 job, $2 tenant. Kept as it is until the transaction ends. */
export const HOLD_ENDED = `
  SELECT status, dataset_id AS "datasetId" FROM training_jobs WHERE id = $1 AND tenant_id = $2 FOR SHARE`;

/**
 * $1 new job, $2 the job that runs again, $3 whether from its checkpoint, $4 whether the dataset is ready, $5 request
 * id, $6 the version that it verifies, or null for a retry, $7 trace context. The same run under another id: seed and settings are its,
 * and attempts go on counting, so that a fault that was to strike in the first attempt does not strike again.
 */
export const INSERT_AGAIN = `
  INSERT INTO training_jobs (
    id, retry_of, kind, verifies, version, name,
    tenant_id, description, dataset_id, model_id, model_type, hyperparameters, configuration, simulation, seed,
    total_epochs, total_batches, estimated_duration, priority, max_attempts, max_duration_ms,
    version_bump, wanted_version, alert_settings, attempt,
    phase, generation, dispatch_at, queued_at, enqueued_at, request_id, trace_parent,
    current_epoch, progress, checkpoint, loss, validation_loss, accuracy, learning_rate, reported_at
  )
  SELECT
    $1,
    CASE WHEN $6::text IS NULL THEN id END,
    CASE WHEN $6::text IS NULL THEN kind ELSE 'verification' END,
    coalesce($6, verifies),
    version,
    CASE WHEN $6::text IS NULL THEN name ELSE left('Verification of ' || name, 200) END,
    tenant_id, description, dataset_id, model_id, model_type, hyperparameters, configuration, simulation, seed,
    total_epochs, total_batches, estimated_duration, priority, max_attempts, max_duration_ms,
    version_bump, wanted_version, alert_settings, attempt,
    CASE WHEN $4 THEN 'queued' ELSE 'waiting_for_dataset' END, 1, CASE WHEN $4 THEN clock_timestamp() END,
    clock_timestamp(), clock_timestamp(), $5, $7,
    CASE WHEN $3 THEN current_epoch ELSE 0 END,
    CASE WHEN $3 THEN progress ELSE 0 END,
    CASE WHEN $3 THEN checkpoint END,
    CASE WHEN $3 THEN loss END,
    CASE WHEN $3 THEN validation_loss END,
    CASE WHEN $3 THEN accuracy END,
    CASE WHEN $3 THEN learning_rate END,
    CASE WHEN $3 THEN reported_at END
  FROM training_jobs WHERE id = $2`;

/** $1 new job, $2 the job it goes on from: its curve begins with what was trained there. */
export const COPY_HISTORY = `
  INSERT INTO training_progress (
    job_id, current_epoch, tenant_id, attempt, loss, validation_loss, accuracy, learning_rate,
    estimated_time_remaining, timestamp
  )
  SELECT $1, current_epoch, tenant_id, attempt, loss, validation_loss, accuracy, learning_rate,
    estimated_time_remaining, timestamp
  FROM training_progress WHERE job_id = $2`;
