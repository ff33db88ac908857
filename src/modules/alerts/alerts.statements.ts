/** $1 alert, $2 tenant. Locks the job first, as whatever else changes alerts does; null where there is no such alert. */
export const HOLD_JOB = `
  SELECT job.id FROM alerts AS alert JOIN training_jobs AS job ON job.id = alert.job_id
  WHERE alert.id = $1 AND alert.tenant_id = $2
  FOR NO KEY UPDATE OF job`;

/** $1 alert, $2 who, $3 note. The first one to acknowledge it is kept. */
export const ACKNOWLEDGE = `
  UPDATE alerts SET
    state = 'acknowledged',
    acknowledged_at = clock_timestamp(),
    acknowledged_by = $2,
    note = $3
  WHERE id = $1 AND state = 'firing'`;
