import { behind, MEETS, OF_VERSION } from './meets.statements.js';

/** $1–$5 as there, $6 model, $7 most rows, $8 versions older than this id. */
export const NEWEST_VERSIONS = `
  SELECT version.id FROM model_versions AS version
  WHERE version.tenant_id = $1 AND version.model_id = $6 AND ${MEETS} AND ${OF_VERSION}
    AND ($8::text IS NULL OR version.id < $8)
  ORDER BY version.id DESC LIMIT $7`;

/** $1–$5 as there, $6 model, $7 most rows, $8 metric, $9 what it is multiplied with (1, or −1: descending), $10 and $11 key and id of the last row before. */
export const RANKED_VERSIONS = `
  SELECT id, key FROM (
    SELECT version.id, (version.measures ->> $8)::double precision * $9::double precision AS key
    FROM model_versions AS version
    WHERE version.tenant_id = $1 AND version.model_id = $6 AND ${MEETS} AND ${OF_VERSION}
  ) AS found
  WHERE ${behind('$10', '$11')}
  ORDER BY key NULLS LAST, id LIMIT $7`;
