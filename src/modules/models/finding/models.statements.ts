import { candidates, OF_CANDIDATES } from './candidates.statements.js';
import type { Conditions, MetricOrder } from './conditions.js';
import { couldMeet } from './could-meet.statements.js';
import { ALONE, behind, MEETS, OF_EITHER } from './meets.statements.js';
import { ranking } from './ranking.statements.js';
import { LOOKED_UP, SUMMARY } from './summary.statements.js';

/** The version that a model is listed for. */
const MATCH = `match.id AS "matchedId", match.version AS "matchedVersion", match.status AS "matchedStatus"`;
const MATCHED = `"matchedId", "matchedVersion", "matchedStatus"`;

const OF_TENANT = `model.tenant_id = $1 AND ($7::text IS NULL OR model.id > $7)`;

/** Of a model's versions that meet the conditions the newest. */
const NEWEST_MATCH = `
  LEFT JOIN LATERAL (
    SELECT version.id, version.version, version.status FROM model_versions AS version
    WHERE version.tenant_id = model.tenant_id AND version.model_id = model.id AND ${MEETS} AND ${OF_EITHER}
    ORDER BY version.id DESC LIMIT 1
  ) AS match ON true`;

/**
 * The best by metric $7, which $8 makes the least. OFFSET keeps the planner from writing the value out twice, as the
 * measures would then be looked into twice.
 */
const BEST_MATCH = `
  LEFT JOIN LATERAL (
    SELECT id, version, status, value FROM (
      SELECT version.id, version.version, version.status, (version.measures ->> $7)::double precision AS value
      FROM model_versions AS version
      WHERE version.tenant_id = model.tenant_id AND version.model_id = model.id AND ${MEETS} AND ${OF_EITHER}
      OFFSET 0
    ) AS meeting
    ORDER BY value * $8::double precision NULLS LAST, id LIMIT 1
  ) AS match ON true`;

/** $1–$5 as in meets.statements, $6 most rows, $7 models after this id. The match is the newest version that meets it all. */
export function modelsById(conditions: Conditions): string {
  const could = candidates(conditions, '$7');
  const page = (from: string) => `
    SELECT model.*, ${MATCH} FROM ${from} ${NEWEST_MATCH} WHERE (match.id IS NOT NULL OR ${ALONE})`;
  return `
    WITH ${could ? `RECURSIVE ${could},` : ''}
    model AS MATERIALIZED (
      ${could ? page(OF_CANDIDATES) : `${page('models AS model')} AND ${OF_TENANT} ORDER BY model.id`} LIMIT $6
    )
    SELECT ${SUMMARY}, ${MATCHED} FROM model ${LOOKED_UP} ORDER BY model.id`;
}

/**
 * By the best of the versions that meet all conditions. Without any, that is kept of each model; else each model that
 * could meet them has to be looked at. $1–$5 as in meets.statements, $6 most rows, $7 metric, $8 what makes its best
 * value the least (1: lower is better, −1), $9 what it is multiplied with for the order (1, or −1: descending), $10 and $11
 * key and id of the last row before.
 */
export function rankedModels(conditions: Conditions, sort: MetricOrder): string {
  const conditional = couldMeet(conditions);
  const page =
    conditional.length > 0
      ? `found AS (
      SELECT model.*, ${MATCH}, match.value AS "matchedValue", match.value * $9::double precision AS key
      FROM models AS model ${BEST_MATCH}
      WHERE model.tenant_id = $1 AND ${conditional.join(' AND ')} AND (match.id IS NOT NULL OR ${ALONE})
    ),
    model AS MATERIALIZED (SELECT * FROM found WHERE ${behind('$10', '$11')} ORDER BY key NULLS LAST, id LIMIT $6)`
      : `${ranking(sort)},
    model AS MATERIALIZED (
      SELECT model.*, ${MATCH}, match.value AS "matchedValue", found.key
      FROM found JOIN models AS model ON model.tenant_id = $1 AND model.id = found.id ${BEST_MATCH}
    )`;
  return `
    WITH ${page}
    SELECT ${SUMMARY}, ${MATCHED}, "matchedValue", key FROM model ${LOOKED_UP} ORDER BY key NULLS LAST, model.id`;
}
