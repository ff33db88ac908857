/** A query whose every row is a violation. `job_id` leads to what the processes told about the job. */
export interface Invariant {
  name: string;
  sql: string;
}

const ENDED = `('completed', 'failed', 'cancelled')`;

/** Failures of an attempt after which the job is tried again, until its attempts are used up. */
const PASSING = `(
  'worker_lost', 'artifact_not_stored', 'artifact_not_read', 'progress_timeout', 'simulated_transient_failure')`;

/** What must hold once the faults have stopped and everything has settled, whatever struck. */
export const INVARIANTS: readonly Invariant[] = [
  {
    name: 'no job stays unfinished',
    sql: `SELECT id AS job_id, status, phase, attempt, generation, dispatch_at, lease_expires_at, worker_id, failures
      FROM training_jobs AS job WHERE status NOT IN ${ENDED} AND NOT (status = 'pending' AND phase = 'created')
        -- Cannot be resumed before its dataset is put right.
        AND NOT (phase = 'paused' AND EXISTS (
          SELECT FROM training_datasets AS dataset WHERE dataset.id = job.dataset_id AND dataset.status = 'error'))`,
  },
  {
    name: 'the epochs of a completed job are exactly 1 to N',
    sql: `SELECT job.id AS job_id, job.current_epoch, metrics ->> 'epochs' AS trained, count(epoch.job_id) AS stored
      FROM training_jobs AS job LEFT JOIN training_progress AS epoch ON epoch.job_id = job.id
      WHERE job.status = 'completed' GROUP BY job.id
      HAVING count(epoch.job_id) <> (metrics ->> 'epochs')::int OR max(epoch.current_epoch) <> count(epoch.job_id)
        OR min(epoch.current_epoch) <> 1 OR job.current_epoch <> count(epoch.job_id)`,
  },
  {
    name: 'history and row agree on how far a job got',
    sql: `SELECT job.id AS job_id, job.status, job.current_epoch, job.total_epochs, count(epoch.job_id) AS stored,
        max(epoch.current_epoch) AS last
      FROM training_jobs AS job LEFT JOIN training_progress AS epoch ON epoch.job_id = job.id GROUP BY job.id
      HAVING job.current_epoch <> count(epoch.job_id) OR coalesce(max(epoch.current_epoch), 0) <> job.current_epoch
        OR job.current_epoch > job.total_epochs`,
  },
  {
    name: 'attempts never decrease along the epochs',
    sql: `SELECT * FROM (
        SELECT job_id, current_epoch, attempt, lag(attempt) OVER (PARTITION BY job_id ORDER BY current_epoch) AS before
        FROM training_progress) AS epoch WHERE attempt < before`,
  },
  {
    name: 'epochs are stored in their order',
    sql: `SELECT * FROM (
        SELECT job_id, current_epoch, timestamp,
          lag(timestamp) OVER (PARTITION BY job_id ORDER BY current_epoch) AS before
        FROM training_progress) AS epoch WHERE timestamp < before`,
  },
  {
    name: 'exactly one numbered version a completed training, none for other jobs',
    sql: `SELECT job.id AS job_id, job.status, count(version.major) AS numbered
      FROM training_jobs AS job LEFT JOIN model_versions AS version ON version.training_job_id = job.id
      GROUP BY job.id HAVING count(version.major) <> (job.status = 'completed' AND job.kind = 'training')::int`,
  },
  {
    name: 'the version of a completed job is ready or deployed, that of another is archived',
    sql: `SELECT job.id AS job_id, job.status, version.status AS version_status, version.status_reason
      FROM training_jobs AS job JOIN model_versions AS version ON version.training_job_id = job.id
      WHERE job.status IN ${ENDED} AND NOT CASE WHEN job.status = 'completed'
        THEN version.status IN ('ready', 'deployed') ELSE version.status = 'archived' END`,
  },
  {
    name: 'each version number is the successor of the one before',
    sql: `SELECT model_id, count(*), max(minor) AS last, array_agg(version ORDER BY major, minor, patch) AS versions
      FROM model_versions WHERE major IS NOT NULL GROUP BY tenant_id, model_id
      HAVING count(*) <> max(minor) + 1 OR min(minor) <> 0 OR count(DISTINCT minor) <> count(*)
        OR max(major) <> 1 OR min(major) <> 1 OR max(patch) <> 0
        OR bool_or(version <> major || '.' || minor || '.' || patch)`,
  },
  {
    name: 'at most one version of a model is deployed',
    sql: `SELECT model_id, count(*) FROM model_versions WHERE status = 'deployed' GROUP BY tenant_id, model_id
      HAVING count(*) > 1`,
  },
  {
    name: 'what is deployed is what the history says, which has no gap',
    sql: `SELECT model.id AS model_id, history.*, deployed.version AS deployed FROM models AS model
      LEFT JOIN LATERAL (
        SELECT count(*) AS changes, max(number) AS last, (array_agg(version ORDER BY number DESC))[1] AS newest
        FROM deployments WHERE model_id = model.id) AS history ON true
      LEFT JOIN model_versions AS deployed ON deployed.model_id = model.id AND deployed.status = 'deployed'
      WHERE history.newest IS DISTINCT FROM deployed.version OR history.last <> history.changes`,
  },
  {
    name: 'an order to deploy or roll back is carried out once',
    sql: `SELECT model_id, reason, count(*) FROM deployments GROUP BY model_id, reason HAVING count(*) > 1`,
  },
  {
    name: 'an order that was acknowledged is on record, and no other is',
    sql: `SELECT answer.id AS job_id, answer.action, answer.key, answer.status FROM answers AS answer
      WHERE answer.action = 'rollback' AND answer.status = 200
        AND NOT EXISTS (SELECT FROM deployments WHERE reason = 'rollback-' || answer.key)
      UNION ALL
      SELECT version_id, kind, reason, number FROM deployments
      WHERE NOT EXISTS (SELECT FROM answers AS answer WHERE reason = answer.action || '-' || answer.key
        AND answer.status IN (0, 200, 500, 503))`,
  },
  {
    name: 'what is trained again comes out the same',
    sql: `SELECT id AS job_id, verifies, verdict FROM training_jobs
      WHERE kind = 'verification' AND status = 'completed' AND verdict ->> 'reproducible' IS DISTINCT FROM 'true'`,
  },
  {
    name: 'every verification that was acknowledged is there, once a key, and has ended well',
    sql: `SELECT answer.id AS job_id, answer.key, array_agg(job.status) AS statuses FROM answers AS answer
      LEFT JOIN training_jobs AS job ON job.name = 'Verification of ' || answer.key
      WHERE answer.action = 'verify' AND answer.status = 202 GROUP BY answer.id, answer.key
      HAVING count(DISTINCT job.id) <> 1 OR bool_or(job.status <> 'completed' AND NOT (job.error_code IN ${PASSING}))`,
  },
  {
    name: 'every model file is there, whole',
    sql: `SELECT version.training_job_id AS job_id, version.file_path, version.file_size, file.size, file.sha256
      FROM model_versions AS version LEFT JOIN artefacts AS file ON file.path = version.file_path
      WHERE version.major IS NOT NULL
        AND (file.size IS DISTINCT FROM version.file_size OR file.sha256 IS DISTINCT FROM version.sha256)`,
  },
  {
    name: 'what was created is there',
    sql: `SELECT action, key, answer.id FROM answers AS answer
      WHERE action IN ('create-job', 'create-dataset', 'retry') AND answer.status = 201
        AND NOT EXISTS (SELECT FROM training_jobs WHERE id = answer.id)
        AND NOT EXISTS (SELECT FROM training_datasets WHERE id = answer.id)`,
  },
  {
    name: 'a dataset settles as it was declared',
    sql: `SELECT dataset.id, dataset.status, dataset.error_code, planned."endsReady"
      FROM answers AS answer JOIN training_datasets AS dataset ON dataset.id = answer.id
      JOIN datasets_planned AS planned ON planned.key = answer.key
      WHERE answer.action = 'create-dataset' AND answer.status = 201
        AND dataset.status <> CASE WHEN planned."endsReady" THEN 'ready' ELSE 'error' END`,
  },
  {
    name: 'what was started has left its beginning',
    sql: `SELECT job.id AS job_id, job.status, job.phase FROM answers AS answer JOIN training_jobs AS job ON job.id = answer.id
      WHERE answer.action = 'start' AND answer.status = 202 AND job.phase = 'created'`,
  },
  {
    name: 'a job is started once',
    sql: `SELECT id AS job_id, count(*) AS accepted FROM answers WHERE action = 'start' AND status = 202 AND "idempotencyKey" IS NULL
      GROUP BY id HAVING count(*) > 1`,
  },
  {
    name: 'what was asked for with a key is done once',
    sql: `SELECT action, answer.key, count(DISTINCT job.id) AS jobs, count(DISTINCT dataset.id) AS datasets
      FROM answers AS answer
      LEFT JOIN training_jobs AS job ON answer.action = 'create-job' AND job.name = answer.key AND job.retry_of IS NULL
        OR answer.action = 'retry' AND job.name = answer.key AND job.retry_of IS NOT NULL
      LEFT JOIN training_datasets AS dataset ON answer.action = 'create-dataset' AND dataset.name = answer.key
      WHERE answer."idempotencyKey" IS NOT NULL GROUP BY action, answer.key
      HAVING count(DISTINCT job.id) > 1 OR count(DISTINCT dataset.id) > 1`,
  },
  {
    name: 'one key gets one answer',
    sql: `SELECT action, key, array_agg(DISTINCT id) AS ids, array_agg(DISTINCT status) AS statuses FROM answers
      WHERE "idempotencyKey" IS NOT NULL AND status BETWEEN 200 AND 299 GROUP BY action, key, "idempotencyKey"
      HAVING count(DISTINCT id) > 1 OR count(DISTINCT status) > 1`,
  },
  {
    name: 'a start that is sent again with its key is not refused for having been done',
    sql: `SELECT answer.id AS job_id, answer.code FROM answers AS answer
      WHERE answer.action = 'start' AND answer."idempotencyKey" IS NOT NULL AND answer.code = 'job_already_started'
        AND NOT EXISTS (SELECT FROM answers AS other WHERE other.id = answer.id
          AND (other.action IN ('cancel', 'pause') OR other.action = 'start' AND other."idempotencyKey" IS NULL)
          AND other."sentAt" < answer."answeredAt")`,
  },
  {
    name: 'nobody is told that a job was started before it was',
    sql: `SELECT answer.id AS job_id FROM answers AS answer
      WHERE answer.action = 'start' AND answer.code = 'job_already_started' AND NOT EXISTS (
        SELECT FROM answers AS other WHERE other.id = answer.id AND other.action IN ('start', 'cancel')
          AND other.status IN (0, 200, 202, 500, 503) AND other."sentAt" < answer."answeredAt")`,
  },
  {
    name: 'an acknowledged cancel ends in cancelled',
    sql: `SELECT job.id AS job_id, job.status, answer.status AS answered FROM answers AS answer
      JOIN training_jobs AS job ON job.id = answer.id
      WHERE answer.action = 'cancel' AND answer.status IN (200, 202) AND job.status <> 'cancelled'`,
  },
  {
    name: 'a refused cancel had come too late',
    sql: `SELECT job.id AS job_id, job.status, answer.code FROM answers AS answer JOIN training_jobs AS job ON job.id = answer.id
      WHERE answer.action = 'cancel' AND answer.status = 409 AND job.status NOT IN ('completed', 'failed')`,
  },
  {
    name: 'a cancelled job was to be cancelled',
    sql: `SELECT id AS job_id, cancel_requested_at FROM training_jobs AS job
      WHERE status = 'cancelled' AND NOT EXISTS (SELECT FROM answers WHERE action = 'cancel' AND answers.id = job.id)`,
  },
  {
    name: 'nothing is trained once a cancel is acknowledged',
    sql: `SELECT epoch.job_id, epoch.current_epoch, epoch.timestamp, answer.status FROM answers AS answer
      JOIN training_progress AS epoch ON epoch.job_id = answer.id
      WHERE answer.action = 'cancel' AND answer.status IN (200, 202)
        AND epoch.timestamp > to_timestamp(answer."answeredAt" / 1000)`,
  },
  {
    name: 'nothing is trained from an acknowledged pause to its end',
    sql: `SELECT epoch.job_id, epoch.current_epoch, epoch.timestamp, answer.status FROM answers AS answer
      JOIN training_progress AS epoch ON epoch.job_id = answer.id
      WHERE answer.action = 'pause' AND answer.status IN (200, 202)
        AND epoch.timestamp > to_timestamp(answer."answeredAt" / 1000)
        AND NOT EXISTS (SELECT FROM answers AS other
          WHERE other.id = answer.id AND other.action = 'resume'
            AND to_timestamp(other."sentAt" / 1000) < epoch.timestamp
            -- An unanswered one may take effect at any time.
            AND (other.status = 0 OR other."answeredAt" > answer."sentAt"))`,
  },
  {
    name: 'an attempt that lost its run writes nothing',
    sql: `SELECT epoch.job_id, epoch.current_epoch, epoch.attempt, epoch.timestamp, event.attempt AS later, event.at
      FROM training_progress AS epoch JOIN job_events AS event ON event.job_id = epoch.job_id
      WHERE event.attempt > epoch.attempt AND event.at < epoch.timestamp`,
  },
  {
    name: 'a status only moves forward, and what has ended does not change',
    sql: `SELECT job_id, number, status, phase, before FROM (
        SELECT job_id, number, status, phase, lag(status) OVER (PARTITION BY job_id ORDER BY number) AS before
        FROM job_events) AS event
      WHERE before IN ${ENDED} OR (before = 'running' AND status = 'pending')`,
  },
  {
    name: 'the events of a job have no gap and end with its state',
    sql: `SELECT job.id AS job_id, job.events, count(event.number), job.status, job.phase
      FROM training_jobs AS job LEFT JOIN job_events AS event ON event.job_id = job.id GROUP BY job.id
      HAVING count(event.number) <> job.events OR max(event.number) <> job.events
        OR (array_agg(event.status ORDER BY event.number DESC))[1] <> job.status
        OR (array_agg(event.phase ORDER BY event.number DESC))[1] <> job.phase`,
  },
  {
    name: 'a job fails for a reason that it asked for',
    sql: `SELECT job.id AS job_id, job.name, job.error_code, job.error, job.attempt, job.failures, job.completed_at
      FROM training_jobs AS job LEFT JOIN plans AS plan ON plan.key = job.name
      WHERE job.status = 'failed' AND job.error_code NOT IN ${PASSING}
        AND NOT coalesce(job.error_code = ANY(plan."mayFailWith"), false)`,
  },
  {
    name: 'an attempt that counts as failed has a cause',
    sql: `SELECT event.job_id, event.number, event.at, event.attempt, event.reason, held.holder, held.harmed
      FROM job_events AS event JOIN training_jobs AS job ON job.id = event.job_id
      LEFT JOIN plans AS plan ON plan.key = job.name
      LEFT JOIN attempts AS held ON held."jobId" = event.job_id AND held.attempt = event.attempt
      WHERE event.reason = 'internal_error' OR event.reason IN ${PASSING} AND NOT CASE event.reason
        WHEN 'worker_lost' THEN coalesce(held.harmed, true)
        WHEN 'progress_timeout' THEN 'stall' = ANY(plan.faults) OR coalesce(held.harmed, true)
        WHEN 'simulated_transient_failure' THEN 'transient_failure' = ANY(plan.faults)
        WHEN 'artifact_not_read' THEN false
        WHEN 'artifact_not_stored' THEN EXISTS (SELECT FROM outages WHERE kind = 'disk'
          AND event.at BETWEEN to_timestamp("from" / 1000) AND to_timestamp("to" / 1000) + interval '3 seconds')
      END`,
  },
  {
    name: 'a job is given up only when all its attempts failed in a row without an epoch',
    sql: `SELECT job.id AS job_id, job.error_code, job.max_attempts, job.failures, count(event.number) AS failed
      FROM training_jobs AS job
      LEFT JOIN job_events AS event ON event.job_id = job.id AND event.epoch = job.current_epoch AND event.reason IN ${PASSING}
      WHERE job.status = 'failed' AND job.error_code IN ${PASSING}
      GROUP BY job.id HAVING count(event.number) < job.max_attempts`,
  },
  {
    name: 'an attempt that was handed back counts for no failure',
    sql: `SELECT back.job_id, back.attempt, back.at, failed.reason, failed.at AS failed_at
      FROM job_events AS back JOIN job_events AS failed
        ON failed.job_id = back.job_id AND failed.attempt = back.attempt AND failed.number > back.number
      WHERE back.reason = 'handed_back' AND failed.reason IN ${PASSING}`,
  },
  {
    name: 'a run that is tried again learns what it learnt before',
    sql: `SELECT again.job_id, again.current_epoch, again.loss, before.loss AS loss_before
      FROM training_jobs AS job JOIN training_progress AS again ON again.job_id = job.id
      JOIN training_progress AS before ON before.job_id = job.retry_of AND before.current_epoch = again.current_epoch
      WHERE (again.loss, again.validation_loss) <> (before.loss, before.validation_loss)`,
  },
  {
    name: 'equal runs learn the same',
    sql: `SELECT plan.twin, array_agg(job.id) AS jobs, array_agg(version.sha256) AS files, array_agg(job.metrics) AS metrics
      FROM plans AS plan JOIN training_jobs AS job ON job.name = plan.key
      JOIN model_versions AS version ON version.training_job_id = job.id
      WHERE plan.twin IS NOT NULL AND job.status = 'completed' GROUP BY plan.twin
      HAVING count(DISTINCT version.sha256) > 1 OR count(DISTINCT job.metrics) > 1`,
  },
  {
    name: 'a process that is told to end does so within its limit',
    sql: `SELECT holder, threads FROM overdue`,
  },
  {
    name: 'no request ends in an internal error',
    sql: `SELECT action, id AS job_id, status, code FROM answers WHERE status = 500`,
  },
  {
    name: 'requests are answered as documented',
    sql: `SELECT action, id AS job_id, status, code FROM answers
      WHERE status BETWEEN 1 AND 499 AND code IS DISTINCT FROM 'idempotency_key_in_flight' AND NOT coalesce(CASE action
        WHEN 'create-job' THEN status = 201
        WHEN 'create-dataset' THEN status = 201
        WHEN 'mend-dataset' THEN status = 200 OR code = 'dataset_immutable'
        WHEN 'start' THEN status = 202 OR code IN ('job_already_started', 'dataset_in_error')
        WHEN 'cancel' THEN status IN (200, 202) OR code = 'job_not_cancellable'
        WHEN 'pause' THEN status IN (200, 202) OR code = 'job_not_pausable'
        WHEN 'resume' THEN status = 202 OR code IN ('job_not_paused', 'dataset_in_error')
        WHEN 'deploy' THEN status = 200
        WHEN 'rollback' THEN status = 200 OR code = 'nothing_to_roll_back_to'
        WHEN 'verify' THEN status = 202
        WHEN 'retry' THEN status = 201 OR code IN ('job_not_retryable', 'dataset_in_error')
      END, true)`,
  },
];
