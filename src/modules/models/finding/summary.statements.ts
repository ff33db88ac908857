/** What a model is answered with, looked up in its indexes for the rows of a page only. */
export const SUMMARY = `
  model.id, model.labels, model.created_at AS "createdAt", model.updated_at AS "updatedAt",
  latest.version AS "latestVersion", deployed.version AS "deployedVersion", counted.versions`;
export const LOOKED_UP = `
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
  ) AS counted`;

/** $1 tenant, $2 model. */
export const ONE_MODEL = `
  SELECT ${SUMMARY}, statuses.counts AS statuses FROM models AS model ${LOOKED_UP}
  CROSS JOIN LATERAL (
    SELECT coalesce(jsonb_object_agg(status, versions), '{}') AS counts FROM (
      SELECT status, count(*) AS versions FROM model_versions
      WHERE tenant_id = model.tenant_id AND model_id = model.id GROUP BY status
    ) AS counted_by_status
  ) AS statuses
  WHERE model.tenant_id = $1 AND model.id = $2`;
