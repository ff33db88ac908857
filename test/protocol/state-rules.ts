import type { TestDatabase } from '../support/database.js';

/** What no look at the tables may ever find; each gives the ids that break it. */
const RULES: Record<string, string> = {
  'epochs are 1 to the current one': `
    SELECT job.id FROM training_jobs AS job LEFT JOIN training_progress AS epoch ON epoch.job_id = job.id
    GROUP BY job.id
    HAVING count(epoch.*) <> job.current_epoch OR coalesce(max(epoch.current_epoch), 0) <> job.current_epoch`,

  'attempts never fall along the epochs, and none is ahead of its job': `
    SELECT id FROM (
      SELECT job.id, epoch.attempt > job.attempt OR epoch.attempt < lag(epoch.attempt)
        OVER (PARTITION BY job.id ORDER BY epoch.current_epoch) AS wrong
      FROM training_jobs AS job JOIN training_progress AS epoch ON epoch.job_id = job.id
    ) AS epochs WHERE wrong`,

  'a completed job has one numbered version, and no other job has any': `
    SELECT job.id FROM training_jobs AS job
    LEFT JOIN model_versions AS version ON version.training_job_id = job.id AND version.version IS NOT NULL
    GROUP BY job.id HAVING count(version.*) <> (job.status = 'completed')::int`,

  'a version is archived with its job, and in training until then': `
    SELECT job.id FROM training_jobs AS job JOIN model_versions AS version ON version.training_job_id = job.id
    WHERE version.status <> CASE job.status
      WHEN 'running' THEN 'training' WHEN 'completed' THEN 'ready' ELSE 'archived' END`,

  'the numbers of a model have no gap and no double': `
    SELECT id FROM (
      SELECT id, (major, minor, patch) <> (1, row_number() OVER (PARTITION BY tenant_id, model_id
        ORDER BY major, minor, patch) - 1, 0) AS wrong
      FROM model_versions WHERE version IS NOT NULL
    ) AS numbers WHERE wrong`,

  'events are numbered from 1 without a gap, their attempts never fall, and the last is how the job stands': `
    SELECT job.id FROM training_jobs AS job
    LEFT JOIN LATERAL (
      SELECT count(*) AS events, max(number) AS last, bool_or(falls) AS falls FROM (
        SELECT number, attempt < lag(attempt) OVER (ORDER BY number) AS falls FROM job_events WHERE job_id = job.id
      ) AS event
    ) AS told ON true
    LEFT JOIN job_events AS last ON last.job_id = job.id AND last.number = job.events
    WHERE told.events <> job.events OR told.last <> job.events OR told.falls
      OR (last.status, last.phase, last.attempt) IS DISTINCT FROM (job.status, job.phase, job.attempt)`,

  'no lease outlives its run': `
    SELECT id FROM training_jobs
    WHERE lease_expires_at > clock_timestamp() AND (status <> 'running' OR worker_id IS NULL)`,
};

const QUESTION = Object.entries(RULES)
  .map(([, sql], index) => `SELECT $${index + 1}::text AS rule, broken.id FROM (${sql}) AS broken`)
  .join(' UNION ALL ');

/** Tenants of which more runs are under way than they may have. */
export async function overQuota(database: TestDatabase, most: number): Promise<string[]> {
  const rows = await database.rows<{ runs: number }>(
    `SELECT count(*)::int AS runs FROM training_jobs WHERE status = 'running' AND phase NOT IN ('recovering', 'retry_wait', 'paused')
     GROUP BY tenant_id HAVING count(*) > $1`,
    [most],
  );
  return rows.map(({ runs }) => `Over quota: ${runs} runs of at most ${most}`);
}

export async function brokenStates(database: TestDatabase): Promise<string[]> {
  const values = Object.keys(RULES);
  const { rows } = await database.pool.query<{ rule: string; id: string }>({ name: 'states', text: QUESTION, values });
  return rows.map(({ rule, id }) => `Not so: ${rule} (${id})`);
}
