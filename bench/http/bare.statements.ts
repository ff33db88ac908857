/** What the platform answers with, by the names that it has there: what is left to do is to write it as JSON. */
const JOB = `
  id, kind, verifies, verdict, name, description, dataset_id AS "datasetId", dataset_sha256 AS "datasetSha256",
  model_id AS "modelId", model_type AS "modelType", hyperparameters,
  configuration || jsonb_build_object('maxAttempts', max_attempts) AS configuration, priority,
  version_bump AS "versionBump", version, alert_settings AS alerts, simulation, seed::float8, status, phase, progress,
  attempt, retry_of AS "retryOf", next_attempt_at AS "nextAttemptAt", queued_at AS "queuedAt",
  started_at AS "startedAt", completed_at AS "completedAt", history_removed_at AS "historyRemovedAt",
  cancel_requested_at AS "cancelRequestedAt", pause_requested_at AS "pauseRequestedAt",
  estimated_duration::float8 AS "estimatedDuration", actual_duration::float8 AS "actualDuration", metrics, error,
  error_code AS "errorCode", created_at AS "createdAt", updated_at AS "updatedAt"`;

export const GET_JOB = {
  name: 'job',
  text: `SELECT ${JOB} FROM training_jobs WHERE tenant_id = $1 AND id = $2`,
};

export const GET_PROGRESS = {
  name: 'progress',
  text: `
    SELECT id AS "jobId", current_epoch AS "currentEpoch", total_epochs AS "totalEpochs",
      current_batch AS "currentBatch", total_batches AS "totalBatches", loss, validation_loss AS "validationLoss",
      accuracy, learning_rate AS "learningRate", estimated_time_remaining::float8 AS "estimatedTimeRemaining",
      estimated_low::float8 AS "estimatedTimeRemainingLow", estimated_high::float8 AS "estimatedTimeRemainingHigh",
      greatest(clock_timestamp(), reported_at + estimated_time_remaining * interval '1 ms') AS "estimatedFinishAt",
      phase AS status, reported_at AS timestamp
    FROM training_jobs WHERE tenant_id = $1 AND id = $2`,
};

/** $3: one more than are shown. */
export const LIST_JOBS = {
  name: 'jobs',
  text: `SELECT ${JOB} FROM training_jobs WHERE tenant_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3`,
};

export const HOLD_DATASET = {
  name: 'dataset',
  text: 'SELECT id, type, size FROM training_datasets WHERE tenant_id = $1 AND id = $2 FOR SHARE',
};

export const ENSURE_MODEL = {
  name: 'model',
  text: 'INSERT INTO models (tenant_id, id) VALUES ($1, $2) ON CONFLICT DO NOTHING',
};

/** Author, as the triggers of the audit read it. */
export const AUTHOR = { name: 'author', text: `SELECT set_config('audit.author', $1, true)` };

export const INSERT_JOB = {
  name: 'insert',
  text: `
    INSERT INTO training_jobs (id, tenant_id, name, dataset_id, model_id, model_type, hyperparameters, configuration,
      alert_settings, seed, total_epochs, total_batches, estimated_duration)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 7, 100, 10, 1000) RETURNING ${JOB}`,
};
