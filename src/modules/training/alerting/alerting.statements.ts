/** The attempt may speak for the job. Locks the row, which every change of an alert does first. */
const MINE = `
    mine AS MATERIALIZED (
      SELECT id, tenant_id, attempt FROM training_jobs
      WHERE id = $1 AND attempt = $2 AND status = 'running' AND worker_id IS NOT NULL
      FOR NO KEY UPDATE
    )`;

/**
 * $1 job, $2 attempt, $3 rule, $4 kind, $5 action, $6 occurrence, $7 epoch, $8 detail, $9 what was observed, $10 its bound.
 * Nothing where it was raised before.
 */
export const RAISE = `
  WITH ${MINE}
  INSERT INTO alerts (tenant_id, job_id, rule, kind, action, occurrence, attempt, epoch, detail, observed, bound)
  SELECT tenant_id, id, $3, $4, $5, $6, attempt, $7, $8, $9, $10 FROM mine
  ON CONFLICT (job_id, rule, occurrence) DO NOTHING
  RETURNING id, tenant_id AS "tenantId"`;

/** $1 job, $2 attempt, $3 rules, $4 epoch. */
export const RESOLVE = `
  WITH ${MINE},
  resolved AS (
    UPDATE alerts SET
      state = 'resolved',
      resolution = 'recovered',
      resolved_at = clock_timestamp(),
      resolved_epoch = $4
    FROM mine WHERE alerts.job_id = mine.id AND alerts.rule = ANY($3) AND alerts.state <> 'resolved'
    RETURNING alerts.rule
  )
  SELECT rule FROM resolved`;

/** $1 job. */
export const RAISED = `SELECT rule, occurrence, state FROM alerts WHERE job_id = $1`;
