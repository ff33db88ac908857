import { IN_LINE, INTERRUPTED, MOST_LOOKED_AT, order, STANDING, SUMMED_UP } from './line.statements.js';
import { SLOTS } from './slots.statements.js';

/**
 * $1 job, $2 tenant, $3 its priority, $4 a time just after it came, $5 and $6 times before which an interrupted and a
 * fresh job of its priority must have come to go before it. What goes before the job, over all tenants; no row when it
 * does not wait for a worker, or has come anew since it was read. The ends of the ranges are parameters because the
 * planner would take any other end for far off, and read the table. A range may hold some that are not due yet, or came
 * later after all: the order proper decides.
 */
export const PLACE = `
  WITH moment AS MATERIALIZED (SELECT clock_timestamp() AS at),
  mine AS MATERIALIZED (
    SELECT standing.* FROM moment, (
      SELECT ${STANDING} FROM training_jobs WHERE id = $1 AND tenant_id = $2 AND ${IN_LINE}
    ) AS standing
    WHERE since <= at AND since < $4 AND priority = $3
  ),
  looked_at AS (
    (
      SELECT ${STANDING} FROM training_jobs
      WHERE ${IN_LINE} AND priority > $3
      ORDER BY priority DESC, enqueued_at DESC LIMIT ${MOST_LOOKED_AT}
    ) UNION ALL (
      SELECT ${STANDING} FROM training_jobs
      WHERE ${INTERRUPTED} AND priority = $3 AND enqueued_at < $5
      ORDER BY enqueued_at LIMIT ${MOST_LOOKED_AT}
    ) UNION ALL (
      SELECT ${STANDING} FROM training_jobs
      WHERE phase = 'queued' AND priority = $3 AND enqueued_at < $6
      ORDER BY enqueued_at LIMIT ${MOST_LOOKED_AT}
    )
  ),
  line AS (
    SELECT job.* FROM looked_at AS job, mine, moment
    WHERE job.since <= at AND (${order('job')}) < (${order('mine')})
    LIMIT ${MOST_LOOKED_AT}
  ),
  ${SUMMED_UP},
  ${SLOTS}
  SELECT at, jobs, work, rest, capacity, busy FROM moment, summed_up, slots WHERE EXISTS (SELECT FROM mine)`;
