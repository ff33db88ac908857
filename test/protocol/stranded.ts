import * as datasets from '../../src/modules/processing/processing.statements.js';
import * as jobs from '../../src/modules/training/job.sweep.statements.js';
import type { TestDatabase } from '../support/database.js';

/** A statement with its parameters filled in, to go out with others in one message. */
const filled = ({ text }: { text: string }, value = '') => text.replaceAll('$1', value);

/**
 * All workers die, time passes, and a reconciler does its rows: whatever should go on must then be due, found by the
 * look for what the queue has lost, or wait for a dataset of which the same is true. Nothing of it is kept.
 */
const QUESTION = `
  BEGIN;
  UPDATE training_jobs SET lease_expires_at = clock_timestamp() WHERE lease_expires_at > clock_timestamp();
  UPDATE training_datasets SET lease_expires_at = clock_timestamp() WHERE lease_expires_at > clock_timestamp();
  ${[
    datasets.GIVE_UP.text,
    datasets.RECOVER_EXPIRED.text,
    jobs.END_ORPHANED_CANCELS.text,
    jobs.END_ORPHANED_PAUSES.text,
    jobs.END_OVERDUE.text,
    filled(jobs.DECLARE_LOST, '1'),
    jobs.WAKE_WAITING.text,
    jobs.FAIL_WAITING.text,
  ].join(';\n')};
  WITH found AS (SELECT id FROM (${filled(jobs.UNDELIVERED, `''`)}) AS undelivered),
  fetched AS (SELECT id FROM (${filled(datasets.UNDELIVERED, `''`)}) AS undelivered)
  SELECT job.id, job.status, job.phase, job.generation, job.worker_id, dataset.status AS dataset
  FROM training_jobs AS job JOIN training_datasets AS dataset ON dataset.id = job.dataset_id
  WHERE job.status IN ('pending', 'running') AND job.phase NOT IN ('created', 'paused') AND job.dispatch_at IS NULL
    AND job.id NOT IN (SELECT id FROM found)
    AND NOT (job.phase = 'waiting_for_dataset'
      AND (dataset.dispatch_at IS NOT NULL OR dataset.id IN (SELECT id FROM fetched)));
  ROLLBACK`;

/** Jobs that would never go on. */
export async function stranded(database: TestDatabase): Promise<string[]> {
  const answers = (await database.pool.query(QUESTION)) as unknown as { command: string; rows: object[] }[];
  const rows = answers.find(({ command }) => command === 'SELECT')!.rows;
  return rows.map((row) => `Stranded: ${JSON.stringify(row)}`);
}
