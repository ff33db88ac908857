import { type Extreme, extremesOf } from './extremes.js';
import { columns, OF_JOB } from './history.statements.js';
import type { Series } from './series.js';
import type { Steps } from './steps.statements.js';

/**
 * $1 tenant, $2 job, $3 first epoch, $4 last, $5 buckets, $6 most points, and what the steps need. Oldest first, each
 * with the `count` of all epochs in the range; of equal values the earliest epoch.
 *
 * Of the steps that have a bucket's extremes the epochs are read that have them: a few rows, where a second pass would
 * read them all.
 *
 * `ends`: those of each bucket are kept; without, only those of the range, where $3 and $4 have to be epochs that there are.
 */
export function thinning(by: readonly Series[], series: readonly Series[], ends: boolean, steps: Steps): string {
  const extremes = extremesOf(by);
  return `
  WITH ${steps(extremes)},
  bucket AS MATERIALIZED (
    SELECT sum(count) AS count, min(first) AS first, max(last) AS last, ${extremes.map(ofBucket).join(', ')}
    FROM step GROUP BY bucket
  ),
  found (epoch, rank) AS (
    ${ends ? `SELECT unnest(ARRAY[first, last]), 0 FROM bucket` : `SELECT unnest(ARRAY[$3::integer, $4::integer]), 0`}
    ${extremes.map(lookUp).join('')}
  ),
  kept AS (SELECT epoch FROM found GROUP BY epoch ORDER BY min(rank), epoch LIMIT $6)
  SELECT ${columns(series)}, (SELECT sum(count)::integer FROM bucket) AS count
  FROM training_progress WHERE ${OF_JOB} AND current_epoch = ANY(ARRAY(SELECT epoch FROM kept))
  ORDER BY current_epoch`;
}

/** What a step's first epoch is multiplied with, so that of equal steps the earliest is taken. */
const sign = ({ aggregate }: Extreme) => (aggregate === 'min' ? '' : '-');

/** The step that has it, as [value, ±first, last]. */
function ofBucket(extreme: Extreme): string {
  const { name, aggregate } = extreme;
  const step = `ARRAY[${name}, ${sign(extreme)}${name}_first, ${name}_last]`;
  return `${aggregate}(${step}) FILTER (WHERE ${name} IS NOT NULL) AS ${name}`;
}

function lookUp(extreme: Extreme, place: number): string {
  const { name, column } = extreme;
  return `
    UNION ALL
    SELECT ${name}[3]::integer, ${place + 1} FROM bucket WHERE ${sign(extreme)}${name}[2] = ${name}[3]
    UNION ALL
    SELECT hit.current_epoch, ${place + 1} FROM bucket CROSS JOIN LATERAL (
      SELECT current_epoch FROM training_progress
      WHERE ${OF_JOB} AND ${column} = ${name}[1]
        AND current_epoch BETWEEN ${sign(extreme)}${name}[2]::integer AND ${name}[3]::integer
      ORDER BY current_epoch LIMIT 1
    ) AS hit
    WHERE ${sign(extreme)}${name}[2] <> ${name}[3]`;
}
