import { measuresOf } from '../../jobs/metrics.js';

/** $1 tenant, $2 jobs. */
export const SUBJECTS = `
  SELECT
    job.id AS "jobId", job.kind, job.model_id AS "modelId", coalesce(version.version, job.version) AS version,
    job.model_type AS "modelType", job.status,
    job.started_at IS NOT NULL AS begun, job.seed::double precision AS seed, job.hyperparameters,
    job.configuration
      || jsonb_strip_nulls(jsonb_build_object('maxAttempts', job.max_attempts, 'maxDurationMs', job.max_duration_ms))
      AS configuration,
    job.simulation, coalesce(version.measures, ${measuresOf('job.metrics')}) AS metrics,
    jsonb_build_object(
      'id', job.dataset_id, 'type', dataset.type, 'sha256', job.dataset_sha256, 'size', dataset.size,
      'features', dataset.features, 'targetColumn', dataset.target_column
    ) AS dataset
  FROM training_jobs AS job
  JOIN training_datasets AS dataset ON dataset.id = job.dataset_id
  LEFT JOIN model_versions AS version ON version.training_job_id = job.id
  WHERE job.tenant_id = $1 AND job.id = ANY($2)`;

/**
 * $1 tenant, $2 jobs, $3 most epochs. Where there are more, as many as that are chosen before anything is read of them:
 * evenly over the whole range, with the first and the last of each job.
 */
export const CURVES = `
  WITH job AS (
    SELECT id,
      (SELECT min(current_epoch) FROM training_progress WHERE job_id = id) AS first,
      (SELECT max(current_epoch) FROM training_progress WHERE job_id = id) AS last
    FROM unnest($2::text[]) AS id
  ),
  span AS (
    SELECT min(first) AS first, max(last) AS last,
      CASE WHEN max(last) - min(first) < $3 THEN max(last) - min(first) ELSE $3 - 1 - 2 * count(*) END AS steps
    FROM job
  ),
  chosen AS (
    SELECT first + round(step * (last - first)::double precision / greatest(steps, 1))::integer AS epoch
    FROM span CROSS JOIN LATERAL generate_series(0, steps) AS step
    UNION SELECT first FROM job
    UNION SELECT last FROM job
  )
  SELECT progress.job_id AS "jobId", progress.current_epoch AS epoch, progress.loss,
    progress.validation_loss AS "validationLoss", progress.accuracy
  FROM training_progress AS progress
  WHERE progress.tenant_id = $1 AND progress.job_id = ANY($2)
    AND progress.current_epoch = ANY(ARRAY(SELECT epoch FROM chosen))`;
