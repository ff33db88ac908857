import { COLUMN_OF, type Series } from './series.js';

export const OF_JOB = `tenant_id = $1 AND job_id = $2`;
export const IN_RANGE = `${OF_JOB} AND current_epoch BETWEEN $3::integer AND $4::integer`;

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

export function columns(series: readonly Series[]): string {
  const measured = series.map((name) => `${COLUMN_OF[name]} AS "${name}"`);
  return ['current_epoch AS epoch', ...measured, 'attempt', 'timestamp'].join(', ');
}
