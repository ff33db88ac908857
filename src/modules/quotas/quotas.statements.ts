/** $1 tenant. Until the transaction ends, whoever would use up its quotas waits. */
export const TAKE_TURNS = `SELECT pg_advisory_xact_lock(hashtext('quotas'), hashtext($1))`;

/**
 * $1 tenant, $2 a dataset whose content is about to be replaced, or null. A run counts from its claim on; a job counts
 * as queued from its start to its first claim, paused or not.
 */
export const USAGE = `
  SELECT
    (
      SELECT count(*)::int FROM training_jobs
      WHERE tenant_id = $1 AND status = 'running' AND phase NOT IN ('recovering', 'retry_wait', 'paused')
    ) AS "runningJobs",
    (
      SELECT count(*)::int FROM training_jobs
      WHERE tenant_id = $1 AND status = 'pending' AND phase <> 'created'
    ) AS "queuedJobs",
    (
      (
        SELECT coalesce(sum(content_bytes), 0) FROM training_datasets
        WHERE tenant_id = $1 AND id IS DISTINCT FROM $2
      ) + (
        SELECT coalesce(sum(file_size), 0) FROM model_versions
        WHERE tenant_id = $1 AND artefact_state IS DISTINCT FROM 'deleted'
      )
    )::float8 AS "storageBytes"`;
