/**
 * The line of jobs that wait for a worker, as SQL to build statements of. Its order is that of the deliveries
 * (queue.module.ts): higher priority first; of one priority interrupted runs before those that have not begun; then
 * first come, first served, a run that is tried again having come when its pause was over.
 */

/** Jobs that one look at the line reads in each of its parts, at most: however long the queue, a look is short. */
export const MOST_LOOKED_AT = 10_000;

/** Of these, so many are told one by one; of those behind them only the work in all. */
export const MOST_TOLD = 1_000;

export const IN_LINE = `phase IN ('queued', 'recovering', 'retry_wait')`;
export const INTERRUPTED = `phase IN ('recovering', 'retry_wait')`;

/** A job as it stands in line, with the milliseconds of training that it still needs. */
export const STANDING = `
  id, priority, ${INTERRUPTED} AS interrupted, greatest(enqueued_at, next_attempt_at) AS since,
  coalesce(
    estimated_time_remaining,
    estimated_duration * (1 - current_epoch / greatest(total_epochs, 1)::float8),
    0
  )::float8 AS work`;

/** Sorts as the line stands. */
export const order = (job: string) => `-${job}.priority, NOT ${job}.interrupted, ${job}.since, ${job}.id`;

/**
 * Steps that sum up `line` (rows as STANDING names them): how many, the work of the first ones in their order, and the
 * work of the others in all.
 */
export const SUMMED_UP = `
  numbered AS (SELECT work, row_number() OVER (ORDER BY ${order('line')}) AS number FROM line),
  summed_up AS (
    SELECT
      count(*)::int AS jobs,
      coalesce(array_agg(work ORDER BY number) FILTER (WHERE number <= ${MOST_TOLD}), '{}') AS work,
      coalesce(sum(work) FILTER (WHERE number > ${MOST_TOLD}), 0)::float8 AS rest
    FROM numbered
  )`;
