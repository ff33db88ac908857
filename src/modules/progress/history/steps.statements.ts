import { BLOCK_EPOCHS } from '../../jobs/progress-block.entity.js';
import { type Extreme, gathered } from './extremes.js';
import { IN_RANGE, OF_JOB } from './history.statements.js';

/**
 * Parts of a thinning statement ($1 tenant, $2 job, $3 first epoch, $4 last, $5 buckets) that end in `step`: parts of
 * the range in order, each with its `bucket`, the `count` of its epochs, `first` and `last`, and the extremes.
 */
export type Steps = (extremes: readonly Extreme[]) => string;

/**
 * $7 steps of a bucket. All rows are read once. The join tells the planner how many groups there will be, without which
 * it takes them for as many as the rows, and never shares the work out.
 */
export const stepsOfEpochs: Steps = (extremes) => `
  gathered AS MATERIALIZED (
    SELECT number, count(*) AS count, min(current_epoch) AS first, max(current_epoch) AS last, ${gathered(extremes)}
    FROM training_progress
    JOIN generate_series(0, $5::integer * $7::integer - 1) AS number
      ON number = ((current_epoch - $3::integer) * ($5::bigint * $7::bigint) / ($4::bigint - $3::integer + 1))::integer
    WHERE ${IN_RANGE}
    GROUP BY number
  ),
  step AS (
    SELECT number / $7::integer AS bucket, count, first, last,
      ${extremes.map(({ name }) => `${name}, first AS ${name}_first, last AS ${name}_last`).join(', ')}
    FROM gathered
  )`;

const FIRST_BLOCK = `(($3::integer - 1) / ${BLOCK_EPOCHS})`;
const LAST_BLOCK = `(($4::integer - 1) / ${BLOCK_EPOCHS})`;
const WHOLE_BLOCKS = `${OF_JOB}
      AND block BETWEEN ($3::integer + ${BLOCK_EPOCHS - 2}) / ${BLOCK_EPOCHS} AND $4::integer / ${BLOCK_EPOCHS} - 1`;

/**
 * The blocks that lie within the range as a whole and are there; the epochs of every other, those at both ends of the
 * range among them, are read. Of a block the epochs that have its extremes are known.
 */
export const stepsOfBlocks: Steps = (extremes) => `
  gap AS (
    SELECT number FROM generate_series(${FIRST_BLOCK}, ${LAST_BLOCK}) AS number
    WHERE number NOT IN (SELECT block FROM training_progress_blocks WHERE ${WHOLE_BLOCKS})
  ),
  part AS (
    SELECT block AS number, ${BLOCK_EPOCHS} AS count, block * ${BLOCK_EPOCHS} + 1 AS first,
      (block + 1) * ${BLOCK_EPOCHS} AS last,
      ${extremes.map(({ name }) => `${name}, ${name}_epoch AS ${name}_first, ${name}_epoch AS ${name}_last`).join(', ')}
    FROM training_progress_blocks WHERE ${WHOLE_BLOCKS}
    UNION ALL
    SELECT number, count, first, last, ${extremes.map(({ name }) => `${name}, first, last`).join(', ')}
    FROM gap CROSS JOIN LATERAL (
      SELECT count(*), min(current_epoch) AS first, max(current_epoch) AS last, ${gathered(extremes)}
      FROM training_progress
      WHERE ${OF_JOB} AND current_epoch BETWEEN greatest($3::integer, number * ${BLOCK_EPOCHS} + 1)
        AND least($4::integer, (number + 1) * ${BLOCK_EPOCHS})
    ) AS epochs
    WHERE count > 0
  ),
  step AS (
    SELECT (number - ${FIRST_BLOCK})::bigint * $5::integer / (${LAST_BLOCK} - ${FIRST_BLOCK} + 1) AS bucket, part.*
    FROM part
  )`;
