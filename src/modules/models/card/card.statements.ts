/** Of an epoch, as the card has it. */
const POINT = `jsonb_strip_nulls(jsonb_build_object(
    'epoch', current_epoch, 'loss', loss, 'validationLoss', validation_loss, 'accuracy', accuracy))`;

const POINTS = `FROM training_progress WHERE tenant_id = $1 AND job_id = $2`;

/** $1 tenant, $2 job. Of equally good epochs the first. */
export const CURVE = `
  SELECT
    (SELECT ${POINT} ${POINTS} ORDER BY current_epoch LIMIT 1) AS first,
    (SELECT ${POINT} ${POINTS} ORDER BY current_epoch DESC LIMIT 1) AS last,
    (SELECT ${POINT} ${POINTS} ORDER BY loss, current_epoch LIMIT 1) AS "lowestLoss",
    (SELECT ${POINT} ${POINTS} ORDER BY validation_loss, current_epoch LIMIT 1) AS "lowestValidationLoss",
    (SELECT ${POINT} ${POINTS} AND accuracy IS NOT NULL ORDER BY accuracy DESC, current_epoch LIMIT 1)
      AS "highestAccuracy"`;

/** $1 tenant, $2 job, $3 most jobs. Those that it tries again, the latest first. */
export const RETRIED = `
  WITH RECURSIVE chain AS (
    SELECT retry_of, 0 AS depth FROM training_jobs WHERE tenant_id = $1 AND id = $2
    UNION ALL
    SELECT job.retry_of, depth + 1 FROM chain JOIN training_jobs AS job ON job.id = chain.retry_of
    WHERE job.tenant_id = $1 AND depth + 1 < $3
  )
  SELECT job.id, job.status, job.error_code AS "errorCode"
  FROM chain JOIN training_jobs AS job ON job.id = chain.retry_of AND job.tenant_id = $1
  ORDER BY depth`;

/** $1 tenant, $2 model, $3 version's id. The last one, and how many there are. */
export const DEPLOYED = `
  SELECT number, kind, at, actor, reason, count(*) OVER ()::int AS count
  FROM deployments WHERE tenant_id = $1 AND model_id = $2 AND version_id = $3
  ORDER BY number DESC LIMIT 1`;
