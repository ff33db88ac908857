/** $1 tenant, $2 model. What the model has in production is what the newest row says. */
export const CURRENT = `
  SELECT number, version_id AS "versionId", version, below FROM deployments
  WHERE tenant_id = $1 AND model_id = $2 ORDER BY number DESC LIMIT 1`;

/**
 * $1 tenant, $2 model, $3 number of a deployment, $4 version or null. The topmost beneath it, of that version if one is
 * named. The way down takes a step a deployment, under the model's lock: it is not begun for a version that was never
 * deployed.
 */
export const BENEATH = `
  WITH RECURSIVE stack AS (
    SELECT below FROM deployments WHERE tenant_id = $1 AND model_id = $2 AND number = $3
      AND ($4::text IS NULL
        OR EXISTS (SELECT FROM deployments WHERE tenant_id = $1 AND model_id = $2 AND version = $4))
    UNION ALL
    SELECT deployment.below FROM stack JOIN deployments AS deployment
      ON deployment.tenant_id = $1 AND deployment.model_id = $2 AND deployment.number = stack.below
    WHERE deployment.version <> $4
  )
  SELECT number, version_id AS "versionId", version, below FROM deployments
  WHERE tenant_id = $1 AND model_id = $2 AND number = (SELECT min(below) FROM stack)
    AND ($4::text IS NULL OR version = $4)`;

/** $1 tenant, $2 model. */
export const WITHDRAW = `
  WITH withdrawn AS (
    UPDATE model_versions SET status = 'ready'
    WHERE tenant_id = $1 AND model_id = $2 AND status = 'deployed' RETURNING id
  )
  SELECT id FROM withdrawn`;

/**
 * $1 tenant, $2 model, $3 kind, $4 version's id, $5 number of the deployment beneath, $6 actor, $7 reason, $8
 * overridden conditions or null. Milliseconds and no less: a question with the time that an answer showed gets that
 * deployment.
 */
export const RECORD = `
  WITH before AS (
    SELECT number, version, at FROM deployments WHERE tenant_id = $1 AND model_id = $2 ORDER BY number DESC LIMIT 1
  ),
  deployed AS (
    UPDATE model_versions SET status = 'deployed', deployed_at = moment.at
    FROM (SELECT greatest(
      date_trunc('milliseconds', clock_timestamp()),
      (SELECT at + interval '1 millisecond' FROM before)
    ) AS at) AS moment
    WHERE tenant_id = $1 AND id = $4 AND status = 'ready'
    RETURNING id, version, deployed_at
  ),
  touched AS (
    UPDATE models SET updated_at = deployed_at FROM deployed WHERE models.tenant_id = $1 AND models.id = $2
  )
  INSERT INTO deployments (
    tenant_id, model_id, number, kind, version_id, version, from_version, below, actor, reason, overridden, at
  )
  SELECT $1, $2, coalesce((SELECT number FROM before), 0) + 1, $3, id, version, (SELECT version FROM before), $5, $6, $7,
    $8::jsonb, deployed_at
  FROM deployed RETURNING number`;
