/** The plainest statements for what the platform is asked for. $1 a job. */

const COLUMNS = `current_epoch AS epoch, loss, validation_loss AS "validationLoss", accuracy,
  learning_rate AS "learningRate", attempt, timestamp`;
const OF_JOB = `FROM training_progress WHERE tenant_id = 'default' AND job_id = $1`;

/** What no way of thinning can do without. */
export const EXTREMES = `SELECT count(*), min(loss), max(loss), min(validation_loss), max(validation_loss) ${OF_JOB}`;
export const COUNT = `SELECT count(*) ${OF_JOB}`;
export const WHOLE = `SELECT ${COLUMNS} ${OF_JOB} ORDER BY current_epoch`;
/** $2 rows, $3 rows before them. */
export const PAGE_BY_OFFSET = `${WHOLE} LIMIT $2 OFFSET $3`;
export const NEWEST = `SELECT ${COLUMNS} ${OF_JOB} ORDER BY current_epoch DESC LIMIT 1`;
export const NEWEST_BY_TIME = `SELECT ${COLUMNS} ${OF_JOB} ORDER BY timestamp DESC LIMIT 1`;
export const FROM_JOB = `
  SELECT current_epoch, loss, validation_loss, accuracy, learning_rate, reported_at
  FROM training_jobs WHERE tenant_id = 'default' AND id = $1`;
/** $1 jobs. */
export const WHOLE_OF_SEVERAL = `
  SELECT job_id, ${COLUMNS} FROM training_progress WHERE tenant_id = 'default' AND job_id = ANY($1)`;
