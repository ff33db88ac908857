import type { Conditions } from './conditions.js';

const OF_TYPE = 'SELECT model_id FROM training_jobs WHERE tenant_id = $1 AND model_type = ANY($2)';
const IN_STATUS = 'SELECT model_id FROM model_versions WHERE tenant_id = $1 AND status = ANY($3)';
const LABELLED = `
  SELECT model_labels.model_id FROM jsonb_array_elements($5::jsonb) AS condition(labels)
  CROSS JOIN LATERAL jsonb_each_text(condition.labels -> 0) AS wanted
  JOIN model_labels ON model_labels.tenant_id = $1 AND model_labels.key = wanted.key AND model_labels.value = wanted.value`;

/** Models with versions on either side of a bound, or within; the planner sees the bound's values. */
export const within = (bound: number) => `
  tenant_id = $1 AND metric = $4::jsonb -> ${bound} ->> 'metric'
  AND highest >= coalesce(($4::jsonb -> ${bound} ->> 'gte')::double precision, '-Infinity')
  AND lowest <= coalesce(($4::jsonb -> ${bound} ->> 'lte')::double precision, 'Infinity')`;

/** SQL for what each model that meets the conditions has; $1–$5 as in meets.statements. Empty: nothing is asked for. */
export function couldMeet({ modelType, status, bounds, labels }: Conditions): string[] {
  const sets = [
    ...(modelType ? [OF_TYPE] : []),
    ...(status ? [IN_STATUS] : []),
    ...(labels ? [LABELLED] : []),
    ...(bounds ?? []).map((_, bound) => `SELECT model_id FROM model_measures WHERE ${within(bound)}`),
  ];
  return sets.map((set) => `model.id IN (${set})`);
}
