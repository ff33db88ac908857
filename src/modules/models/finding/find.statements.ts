/** $1 tenant, $2 model types, $3 statuses, $4 bounds, $5 labels; each but the tenant null where nothing is asked for. */
const MEETS = `
  ($2::text[] IS NULL OR EXISTS (
    SELECT FROM training_jobs AS job WHERE job.id = version.training_job_id AND job.model_type = ANY($2)
  ))
  AND ($3::text[] IS NULL OR version.status = ANY($3))
  AND ($4::jsonb IS NULL OR NOT EXISTS (
    SELECT FROM jsonb_to_recordset($4) AS bound(metric text, gte double precision, lte double precision)
    WHERE ((version.measures ->> bound.metric)::double precision
      BETWEEN coalesce(bound.gte, '-Infinity') AND coalesce(bound.lte, 'Infinity')) IS NOT TRUE
  ))`;

/** Any of the lists; of a list all labels. */
function labelled(holds: string): string {
  return `
  ($5::jsonb IS NULL OR EXISTS (
    SELECT FROM jsonb_array_elements($5) AS condition(labels)
    WHERE NOT EXISTS (
      SELECT FROM jsonb_array_elements(condition.labels) AS wanted(label) WHERE NOT (${holds})
    )
  ))`;
}

const OF_VERSION = labelled('version.labels @> wanted.label');
const OF_MODEL = labelled('model.labels @> wanted.label');
const OF_EITHER = labelled('version.labels @> wanted.label OR model.labels @> wanted.label');

/** Behind the last row of the page before, of rows in the order of `key` (nulls last) and `id`. */
function behind(key: string, id: string): string {
  return `(${id}::text IS NULL OR CASE
    WHEN ${key}::double precision IS NULL THEN key IS NULL AND id > ${id}
    ELSE key IS NULL OR key > ${key} OR key = ${key} AND id > ${id}
  END)`;
}

/** $1–$5 as above, $6 model, $7 most rows, $8 versions older than this id. */
export const NEWEST_VERSIONS = `
  SELECT version.id FROM model_versions AS version
  WHERE version.tenant_id = $1 AND version.model_id = $6 AND ${MEETS} AND ${OF_VERSION}
    AND ($8::text IS NULL OR version.id < $8)
  ORDER BY version.id DESC LIMIT $7`;

/** $1–$5 as above, $6 model, $7 most rows, $8 metric, $9 what it is multiplied with (1, or −1: descending), $10 and $11 key and id of the last row before. */
export const RANKED_VERSIONS = `
  SELECT id, key FROM (
    SELECT version.id, (version.measures ->> $8)::double precision * $9::double precision AS key
    FROM model_versions AS version
    WHERE version.tenant_id = $1 AND version.model_id = $6 AND ${MEETS} AND ${OF_VERSION}
  ) AS found
  WHERE ${behind('$10', '$11')}
  ORDER BY key NULLS LAST, id LIMIT $7`;

/** The model by its own labels alone, where nothing is asked of versions. */
const ALONE = `$2::text[] IS NULL AND $3::text[] IS NULL AND $4::jsonb IS NULL AND ${OF_MODEL}`;

/** What a model is answered with, looked up in its indexes for the rows of a page only. */
const SUMMARY = `
  model.id, model.labels, model.created_at AS "createdAt", model.updated_at AS "updatedAt",
  latest.version AS "latestVersion", deployed.version AS "deployedVersion", counted.versions`;
const LOOKED_UP = `
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

/** The version that the model is listed for. */
const MATCHED = `
  "matchedId", "matchedVersion", "matchedStatus"`;

/** $1–$5 as above, $6 most rows, $7 models after this id. The match is the newest version that meets it all. */
export const MODELS_BY_ID = `
  WITH model AS MATERIALIZED (
    SELECT model.*, match.id AS "matchedId", match.version AS "matchedVersion", match.status AS "matchedStatus"
    FROM models AS model
    LEFT JOIN LATERAL (
      SELECT version.id, version.version, version.status FROM model_versions AS version
      WHERE version.tenant_id = model.tenant_id AND version.model_id = model.id AND ${MEETS} AND ${OF_EITHER}
      ORDER BY version.id DESC LIMIT 1
    ) AS match ON true
    WHERE model.tenant_id = $1 AND ($7::text IS NULL OR model.id > $7) AND (match.id IS NOT NULL OR ${ALONE})
    ORDER BY model.id LIMIT $6
  )
  SELECT ${SUMMARY}, ${MATCHED} FROM model ${LOOKED_UP} ORDER BY model.id`;

/**
 * $1–$5 as above, $6 most rows, $7 metric, $8 what makes its best value the least (1: lower is better, −1), $9 what it is
 * multiplied with for the order (1, or −1: descending), $10 and $11 key and id of the last row before. OFFSET keeps the
 * planner from writing the value out twice, as the measures would then be looked into twice.
 */
export const RANKED_MODELS = `
  WITH found AS (
    SELECT model.*, match.id AS "matchedId", match.version AS "matchedVersion", match.status AS "matchedStatus",
      match.value AS "matchedValue", match.value * $9::double precision AS key
    FROM models AS model
    LEFT JOIN LATERAL (
      SELECT id, version, status, value FROM (
        SELECT version.id, version.version, version.status, (version.measures ->> $7)::double precision AS value
        FROM model_versions AS version
        WHERE version.tenant_id = model.tenant_id AND version.model_id = model.id AND ${MEETS} AND ${OF_EITHER}
        OFFSET 0
      ) AS meeting
      ORDER BY value * $8::double precision NULLS LAST, id LIMIT 1
    ) AS match ON true
    WHERE model.tenant_id = $1 AND (match.id IS NOT NULL OR ${ALONE})
  ),
  model AS MATERIALIZED (SELECT * FROM found WHERE ${behind('$10', '$11')} ORDER BY key NULLS LAST, id LIMIT $6)
  SELECT ${SUMMARY}, ${MATCHED}, "matchedValue", key FROM model ${LOOKED_UP} ORDER BY key NULLS LAST, model.id`;

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
