/** $1 milliseconds since the end of a run. The time is told once: an index is not searched by one that moves on. */
const OLD = `
  job.completed_at < (SELECT clock_timestamp() - $1::float8 * interval '1 millisecond') AND job.history_removed_at IS NULL
  AND NOT EXISTS (
    SELECT FROM model_versions AS version WHERE version.training_job_id = job.id AND version.status = 'deployed'
  )`;

/** $1 as above. By the runs' rows: counting the epochs themselves would read as much as removing them. */
export const COUNT_OLD = `
  SELECT count(*)::int AS runs, coalesce(sum(job.current_epoch), 0)::float8 AS epochs
  FROM training_jobs AS job WHERE ${OLD}`;

/** $1 as above, $2 most runs, $3 epochs after which no other run is begun with. Tells what it has removed. */
export const REMOVE_OLD = `
  WITH old AS (
    SELECT id, current_epoch, completed_at FROM training_jobs AS job WHERE ${OLD}
    ORDER BY completed_at LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED
  ),
  numbered AS (
    SELECT id, sum(current_epoch) OVER (ORDER BY completed_at, id) - current_epoch AS epochs_before FROM old
  ),
  part AS MATERIALIZED (SELECT id FROM numbered WHERE epochs_before < $3),
  removed AS (DELETE FROM training_progress WHERE job_id = ANY(ARRAY(SELECT id FROM part)) RETURNING job_id),
  blocks AS (DELETE FROM training_progress_blocks WHERE job_id = ANY(ARRAY(SELECT id FROM part))),
  marked AS (
    UPDATE training_jobs SET history_removed_at = clock_timestamp()
    WHERE id = ANY(ARRAY(SELECT id FROM part)) RETURNING id
  )
  SELECT (SELECT count(*) FROM marked)::int AS runs, (SELECT count(*) FROM removed)::int AS epochs`;
