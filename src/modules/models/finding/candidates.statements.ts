import type { Conditions } from './conditions.js';
import { within } from './could-meet.statements.js';

/** Of each value the first model after `after` that has it; of these the first. */
const firstOf = (values: string, table: string, column: string, after: string) => `(
    SELECT min(first.model_id) FROM ${values} AS wanted (value) CROSS JOIN LATERAL (
      SELECT model_id FROM ${table} WHERE tenant_id = $1 AND ${column} = wanted.value AND model_id > ${after}
      ORDER BY model_id LIMIT 1
    ) AS first
  )`;

const firstWithLabels = (after: string) => `(
    SELECT min(of_list.id) FROM jsonb_array_elements($5::jsonb) AS condition(labels) CROSS JOIN LATERAL (
      SELECT CASE WHEN bool_and(first.model_id IS NOT NULL) THEN max(first.model_id) END AS id
      FROM jsonb_array_elements(condition.labels) AS entry(label)
      CROSS JOIN LATERAL jsonb_each_text(entry.label) AS wanted
      LEFT JOIN LATERAL (
        SELECT model_id FROM model_labels
        WHERE tenant_id = $1 AND key = wanted.key AND value = wanted.value AND model_id > ${after}
        ORDER BY model_id LIMIT 1
      ) AS first ON true
    ) AS of_list
  )`;

const firstWithin = (bound: number, after: string) => `(
    SELECT model_id FROM model_measures WHERE ${within(bound)} AND model_id > ${after} ORDER BY model_id LIMIT 1
  )`;

/** For each condition the first model after `after` (SQL) that could meet it. */
function firsts({ modelType, status, bounds, labels }: Conditions, after: string): string[] {
  return [
    ...(modelType ? [firstOf('unnest($2::text[])', 'training_jobs', 'model_type', after)] : []),
    ...(status ? [firstOf('unnest($3::text[])', 'model_versions', 'status', after)] : []),
    ...(labels ? [firstWithLabels(after)] : []),
    ...(bounds ?? []).map((_, bound) => firstWithin(bound, after)),
  ];
}

/**
 * The step `candidate` of a WITH RECURSIVE: ids of models that could meet the conditions, rising, looked up one after the
 * other for as long as they are asked for. No model before the last of the firsts meets all conditions, so none is looked
 * at; whether that one does is for its versions to say. `after`: SQL of an id. Null where nothing is asked for.
 */
export function candidates(conditions: Conditions, after: string): string | null {
  if (firsts(conditions, after).length === 0) return null;
  const next = (from: string) => {
    const found = firsts(conditions, from);
    const names = found.map((_, index) => `first_${index}`);
    const all = names.map((name) => `${name} IS NOT NULL`).join(' AND ');
    return `(
      SELECT CASE WHEN ${all} THEN greatest(${names.join()}) END
      FROM (SELECT ${found.map((first, index) => `${first} AS ${names[index]}`).join()}) AS found
    )`;
  };
  return `candidate (id) AS (
    SELECT ${next(`coalesce(${after}::text, '')`)}
    UNION ALL
    SELECT ${next('candidate.id')} FROM candidate WHERE candidate.id IS NOT NULL
  )`;
}

/** The candidates' rows, in their order: a limit is what keeps the planner from changing it. */
export const OF_CANDIDATES = `
  candidate CROSS JOIN LATERAL (SELECT * FROM models WHERE tenant_id = $1 AND id = candidate.id LIMIT 1) AS model`;
