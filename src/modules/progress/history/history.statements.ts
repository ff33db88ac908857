import { COLUMN_OF, type Series } from './series.js';

const OF_JOB = `tenant_id = $1 AND job_id = $2`;
const IN_RANGE = `${OF_JOB} AND current_epoch BETWEEN $3::integer AND $4::integer`;

/** $1 tenant, $2 ids of jobs. */
export const KNOWN_JOBS = `SELECT id FROM training_jobs WHERE tenant_id = $1 AND id = ANY($2)`;

const EPOCH_IN_RANGE = `SELECT current_epoch FROM training_progress WHERE ${IN_RANGE} ORDER BY current_epoch`;

/**
 * $1 tenant, $2 job, $3 first epoch, $4 last. The first and the last that there are, null where there is none. Not by
 * min() and max(): of a job that the statistics do not know of yet, they would read all rows.
 */
export const EXTENT = `SELECT (${EPOCH_IN_RANGE} LIMIT 1) AS first, (${EPOCH_IN_RANGE} DESC LIMIT 1) AS last`;

/** $1 tenant, $2 job, $3 first epoch, $4 last, $5 as far as is counted. */
export const COUNT_UP_TO = `
  SELECT count(*)::integer AS count FROM (SELECT FROM training_progress WHERE ${IN_RANGE} LIMIT $5) AS epoch`;

/**
 * $1 tenant, $2 job, $3 first epoch, $4 last. Oldest first. No LIMIT: until the statistics know of a job's rows, the
 * planner takes them for few, and would sort all that follow to give a page of them.
 */
export function epochsOf(series: readonly Series[]): string {
  return `SELECT ${columns(series)} FROM training_progress WHERE ${IN_RANGE} ORDER BY current_epoch`;
}

/**
 * $1 tenant, $2 job, $3 first epoch, $4 last, $5 buckets, $6 steps of a bucket, $7 most points. Oldest first, each with
 * the `count` of all epochs in the range; of equal values the earliest epoch.
 *
 * All rows are read once, and gathered in steps. The step that has a bucket's extreme is then read again for its epoch:
 * a few rows, where a second pass would read them all. The join tells the planner how many groups there will be, without
 * which it takes them for as many as the rows, and never shares the work out.
 *
 * `ends`: those of each bucket are kept; without, only those of the range, where $3 and $4 have to be epochs that there are.
 */
export function extremesOf(by: readonly Series[], series: readonly Series[], ends: boolean): string {
  const extremes = by.flatMap((name) => [extremeOf('min', COLUMN_OF[name]), extremeOf('max', COLUMN_OF[name])]);
  const list = (part: (extreme: Extreme) => string) => extremes.map(part).join(', ');
  return `
  WITH step AS MATERIALIZED (
    SELECT number, count(*) AS count, min(current_epoch) AS first, max(current_epoch) AS last,
      ${list(({ name, value }) => `${value} AS ${name}`)}
    FROM training_progress
    JOIN generate_series(0, $5::integer * $6::integer - 1) AS number
      ON number = ((current_epoch - $3::integer) * ($5::bigint * $6::bigint) / ($4::bigint - $3::integer + 1))::integer
    WHERE ${IN_RANGE}
    GROUP BY number
  ),
  bucket AS MATERIALIZED (
    SELECT sum(count) AS count, min(first) AS first, max(last) AS last,
      ${list(({ name, step }) => `${step} AS ${name}`)}
    FROM step GROUP BY number / $6::integer
  ),
  found (epoch, rank) AS (
    ${ends ? `SELECT unnest(ARRAY[first, last]), 0 FROM bucket` : `SELECT unnest(ARRAY[$3::integer, $4::integer]), 0`}
    ${extremes.map(lookUp).join('')}
  ),
  kept AS (SELECT epoch FROM found GROUP BY epoch ORDER BY min(rank), epoch LIMIT $7)
  SELECT ${columns(series)}, (SELECT sum(count)::integer FROM bucket) AS count
  FROM training_progress WHERE ${OF_JOB} AND current_epoch = ANY(ARRAY(SELECT epoch FROM kept))
  ORDER BY current_epoch`;
}

interface Extreme {
  name: string;
  column: string;
  /** Of a step. */
  value: string;
  /** Of a bucket: the step that has it, as [value, ±first, last]. */
  step: string;
  /** What the step's first epoch was multiplied with, so that of equal steps the earliest is taken. */
  sign: '' | '-';
}

function extremeOf(aggregate: 'min' | 'max', column: string): Extreme {
  const name = `${aggregate}_${column}`;
  const sign = aggregate === 'min' ? '' : '-';
  const step = `${aggregate}(ARRAY[${name}, ${sign}first, last]) FILTER (WHERE ${name} IS NOT NULL)`;
  return { name, column, value: `${aggregate}(${column})`, step, sign };
}

function lookUp({ name, column, sign }: Extreme, place: number): string {
  return `
    UNION ALL
    SELECT hit.current_epoch, ${place + 1} FROM bucket CROSS JOIN LATERAL (
      SELECT current_epoch FROM training_progress
      WHERE ${OF_JOB} AND ${column} = ${name}[1]
        AND current_epoch BETWEEN ${sign}${name}[2]::integer AND ${name}[3]::integer
      ORDER BY current_epoch LIMIT 1
    ) AS hit`;
}

function columns(series: readonly Series[]): string {
  const measured = series.map((name) => `${COLUMN_OF[name]} AS "${name}"`);
  return ['current_epoch AS epoch', ...measured, 'attempt', 'timestamp'].join(', ');
}
