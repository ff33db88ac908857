import { tallied } from '../../database/tallies/tallies.statements.js';

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
      ${tallied(`name IN ('bytes of datasets', 'bytes of models')`)}
      - coalesce((SELECT content_bytes FROM training_datasets WHERE tenant_id = $1 AND id = $2), 0)
    )::float8 AS "storageBytes"`;
