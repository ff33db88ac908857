import { BETTER } from '../../jobs/metrics.js';
import type { MetricOrder } from './conditions.js';

/**
 * The step `found` (id, key) of a WITH: a page of models by the best of all their versions, read from the index on the
 * kept ends. Those without the measure follow by id; they are not looked for before. $1 tenant, $6 most rows, $7 metric,
 * $9 what it is multiplied with for the order (1, or −1: descending), $10 and $11 key and id of the last row before.
 */
export function ranking({ metric, descending }: MetricOrder): string {
  const best = BETTER[metric] === 'lower' ? 'lowest' : 'highest';
  const last = '$10::double precision * $9::double precision';
  const beyond = descending ? '<' : '>';
  return `
    measured AS MATERIALIZED (
      SELECT model_id AS id, ${best} * $9::double precision AS key FROM model_measures
      WHERE tenant_id = $1 AND metric = $7
        AND ($11::text IS NULL OR (${best} ${beyond}= ${last} AND (${best} ${beyond} ${last} OR model_id > $11)))
      ORDER BY ${best} ${descending ? 'DESC' : 'ASC'}, model_id LIMIT $6
    ),
    found AS (
      SELECT id, key FROM measured
      UNION ALL (
        SELECT id, NULL FROM models AS model
        WHERE tenant_id = $1 AND ($11::text IS NULL OR $10::double precision IS NOT NULL OR id > $11)
          AND NOT EXISTS (
            SELECT FROM model_measures WHERE tenant_id = $1 AND model_id = model.id AND metric = $7
          )
        ORDER BY id LIMIT $6 - (SELECT count(*) FROM measured)
      )
    )`;
}
