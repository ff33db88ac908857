/** $1 tenant, $2 model. A model exists from its first job on. */
export const ENSURE_MODEL = 'INSERT INTO models (tenant_id, id) VALUES ($1, $2) ON CONFLICT DO NOTHING';

/** $1 job. The number of the version that it trained, or whose verdict it found. */
export const VERSION_OF = `
  SELECT version FROM model_versions WHERE training_job_id = $1 AND version IS NOT NULL
  UNION ALL
  SELECT version.version FROM training_jobs AS job JOIN model_versions AS version ON version.id = job.verifies
  WHERE job.id = $1 AND version.verdict ->> 'jobId' = job.id`;

/** $1 tenant, $2 model, $3 major, minor and patch. The highest version, where it is as high or higher. */
export const NOT_BELOW = `
  SELECT version FROM model_versions
  WHERE tenant_id = $1 AND model_id = $2 AND major IS NOT NULL AND ARRAY[major, minor, patch] >= $3::int[]
  ORDER BY major DESC, minor DESC, patch DESC LIMIT 1`;

/** $1 job. The version of a job that did not complete has no number, and goes with it. */
export const DELETE_UNNUMBERED = 'DELETE FROM model_versions WHERE training_job_id = $1 AND version IS NULL';

/** $1 job. Its history goes with it. */
export const DELETE = `DELETE FROM training_jobs WHERE id = $1 AND status IN ('completed', 'failed', 'cancelled')`;

/**
 * $1 job, $2 tenant, $3 name, $4 description, $5 model, $6 dataset, $7 model type, $8 hyperparameters,
 * $9 configuration, $10 simulation, $11 seed, $12 epochs, $13 batches of an epoch, $14 estimated duration in ms,
 * $15 priority, $16 attempts that may fail in a row, $17 longest duration in ms, $18 version bump, $19 wanted version,
 * $20 what is watched for.
 */
export const REVISE = `
  WITH revised AS (
    UPDATE training_jobs SET
      name = $3,
      description = $4,
      model_id = $5,
      dataset_id = $6,
      model_type = $7,
      hyperparameters = $8,
      configuration = $9,
      simulation = $10,
      seed = $11,
      total_epochs = $12,
      total_batches = $13,
      estimated_duration = $14,
      priority = $15,
      max_attempts = $16,
      max_duration_ms = $17,
      version_bump = $18,
      wanted_version = $19,
      alert_settings = $20,
      updated_at = clock_timestamp()
    WHERE id = $1 AND tenant_id = $2 AND status = 'pending' AND phase = 'created'
    RETURNING id
  )
  SELECT id FROM revised`;
