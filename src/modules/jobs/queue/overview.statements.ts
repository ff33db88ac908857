import { IN_LINE, MOST_LOOKED_AT, STANDING, SUMMED_UP } from './line.statements.js';
import { SLOTS } from './slots.statements.js';

export const MOST_RUNNING_LISTED = 100;

/** Phases of a job with status `running` that no worker trains. */
const NOT_TRAINING = `phase IN ('recovering', 'retry_wait', 'paused')`;

/** $1 tenant. Its jobs that were started and have not ended. */
export const COUNTS = `
  SELECT
    count(*) FILTER (WHERE phase = 'queued')::int AS queued,
    count(*) FILTER (WHERE status = 'running' AND NOT ${NOT_TRAINING})::int AS running,
    count(*) FILTER (WHERE phase = 'recovering')::int AS recovering,
    count(*) FILTER (WHERE phase = 'retry_wait')::int AS "retryWait",
    count(*) FILTER (WHERE phase = 'paused')::int AS paused,
    count(*) FILTER (WHERE phase = 'waiting_for_dataset')::int AS "waitingForDataset"
  FROM training_jobs WHERE tenant_id = $1 AND status IN ('pending', 'running')`;

/** $1 tenant. Its runs that a worker trains, newest job first. */
export const RUNNING = `
  SELECT
    id, name, model_id AS "modelId", priority, progress, attempt, worker_id AS "workerId", started_at AS "startedAt",
    estimated_time_remaining::float8 AS "estimatedTimeRemaining"
  FROM training_jobs
  WHERE tenant_id = $1 AND status = 'running' AND NOT ${NOT_TRAINING}
  ORDER BY id DESC LIMIT ${MOST_RUNNING_LISTED}`;

/** The platform as a whole: numbers of all tenants' jobs, and nothing that tells whose they are. */
export const PLATFORM = `
  WITH moment AS MATERIALIZED (SELECT clock_timestamp() AS at),
  looked_at AS (
    SELECT ${STANDING} FROM training_jobs WHERE ${IN_LINE}
    ORDER BY priority DESC, enqueued_at DESC LIMIT ${MOST_LOOKED_AT}
  ),
  line AS (SELECT job.* FROM looked_at AS job, moment WHERE job.since <= at),
  ${SUMMED_UP},
  ${SLOTS}
  SELECT
    at, jobs AS queued, work, rest, capacity, busy,
    (SELECT count(*)::int FROM held) AS running,
    (
      SELECT coalesce(json_agg(worker ORDER BY worker.id), '[]') FROM (
        SELECT alive.id, host, alive.started_at AS since, capacity, count(held.worker_id)::int AS running
        FROM alive LEFT JOIN held ON held.worker_id = alive.id
        GROUP BY alive.id, host, alive.started_at, capacity
      ) AS worker
    ) AS workers
  FROM moment, summed_up, slots`;
