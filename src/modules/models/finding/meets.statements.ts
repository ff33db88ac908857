import type { Conditions } from './conditions.js';

/** $1 tenant, $2 model types, $3 statuses, $4 bounds, $5 labels; each but the tenant null where nothing is asked for. */
export const MEETS = `
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

export const OF_VERSION = labelled('version.labels @> wanted.label');
export const OF_EITHER = labelled('version.labels @> wanted.label OR model.labels @> wanted.label');

/** A model by its own labels alone, where nothing is asked of versions. */
export const ALONE = `
  $2::text[] IS NULL AND $3::text[] IS NULL AND $4::jsonb IS NULL AND ${labelled('model.labels @> wanted.label')}`;

/** Behind the last row of the page before, of rows in the order of `key` (nulls last) and `id`. */
export function behind(key: string, id: string): string {
  return `(${id}::text IS NULL OR CASE
    WHEN ${key}::double precision IS NULL THEN key IS NULL AND id > ${id}
    ELSE key IS NULL OR key > ${key} OR key = ${key} AND id > ${id}
  END)`;
}

/** $1–$5. */
export function parameters(tenantId: string, { modelType, status, bounds, labels }: Conditions): unknown[] {
  return [
    tenantId,
    modelType ?? null,
    status ?? null,
    bounds ? JSON.stringify(bounds) : null,
    labels ? JSON.stringify(labels) : null,
  ];
}
