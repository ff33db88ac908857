/**
 * $1 tenant, $2 models after this id, $3 most rows. The newest and the deployed version of each model are looked up in
 * their indexes.
 */
export const LIST_MODELS = `
  SELECT
    model.id, model.created_at AS "createdAt", model.updated_at AS "updatedAt",
    latest.version AS "latestVersion", deployed.version AS "deployedVersion", counted.versions
  FROM models AS model
  LEFT JOIN LATERAL (
    SELECT version FROM model_versions
    WHERE tenant_id = model.tenant_id AND model_id = model.id AND major IS NOT NULL
    ORDER BY major DESC, minor DESC, patch DESC LIMIT 1
  ) AS latest ON true
  LEFT JOIN LATERAL (
    SELECT version FROM model_versions
    WHERE tenant_id = model.tenant_id AND model_id = model.id AND status = 'deployed'
  ) AS deployed ON true
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS versions FROM model_versions
    WHERE tenant_id = model.tenant_id AND model_id = model.id AND major IS NOT NULL
  ) AS counted
  WHERE model.tenant_id = $1 AND ($2::text IS NULL OR model.id > $2)
  ORDER BY model.id LIMIT $3`;
