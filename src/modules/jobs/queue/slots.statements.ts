import { IS_ALIVE } from '../../workers/worker-state.js';

/**
 * Steps that tell what the living workers have room for; needs `moment`. `held`: the runs whose lease is live, with the
 * milliseconds they are expected to take from now. Those of a worker that is gone occupy no slot: the runs return to
 * the queue once they are declared lost.
 */
export const SLOTS = `
  alive AS MATERIALIZED (SELECT id, host, capacity, started_at FROM workers WHERE ${IS_ALIVE}),
  held AS MATERIALIZED (
    SELECT worker_id, greatest(
      coalesce(estimated_time_remaining, estimated_duration - extract(epoch FROM at - started_at) * 1000, 0),
      0
    )::float8 AS remaining
    FROM training_jobs, moment
    WHERE status = 'running' AND worker_id IS NOT NULL AND lease_expires_at > at
  ),
  slots AS (
    SELECT
      (SELECT coalesce(sum(capacity), 0)::int FROM alive) AS capacity,
      (SELECT coalesce(array_agg(remaining), '{}') FROM held WHERE worker_id IN (SELECT id FROM alive)) AS busy
  )`;
