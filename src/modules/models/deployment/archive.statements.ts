/** $1 tenant, $2 version's id, $3 reason. Not what is deployed. */
export const ARCHIVE = `
  WITH archived AS (
    UPDATE model_versions SET status = 'archived', status_reason = $3
    WHERE tenant_id = $1 AND id = $2 AND status = 'ready' RETURNING id
  )
  SELECT id FROM archived`;

/**
 * $1 tenant, $2 version's id. Only what has a number and a file: a version whose job did not complete, or whose file was
 * deleted, has nothing to restore.
 */
export const RESTORE = `
  WITH restored AS (
    UPDATE model_versions SET status = 'ready', status_reason = NULL
    WHERE tenant_id = $1 AND id = $2 AND status = 'archived' AND version IS NOT NULL
      AND artefact_state IS DISTINCT FROM 'deleted'
    RETURNING id
  )
  SELECT id FROM restored`;
