import { DEFAULT_ALERTS } from '../../src/modules/jobs/alerting/alert-settings.js';
import type { TestDatabase } from '../../test/support/database.js';

/** Many jobs that train, like the one that is there; ids in the order of their numbers. */
const MULTIPLY = `
  INSERT INTO training_jobs (id, tenant_id, name, description, dataset_id, model_id, model_type, hyperparameters,
    configuration, alert_settings, seed, status, phase, generation, attempt, queued_at, started_at, progress,
    estimated_duration, current_epoch, total_epochs, current_batch, total_batches, loss, validation_loss, accuracy,
    learning_rate, estimated_time_remaining, estimated_low, estimated_high, reported_at)
  SELECT 'job_' || lpad(number::text, 32, '0'), tenant_id, name, description, dataset_id, model_id, model_type,
    hyperparameters, configuration, $2, seed, 'running', 'training', 1, 1, now(), now(), 45,
    estimated_duration, 45, 100, 250, total_batches, 0.25, 0.28, 0.87, 0.001, 86400000, 80000000, 90000000, now()
  FROM training_jobs, generate_series(1, $3::integer) AS number WHERE id = $1`;

/** Resolves with the ids. Their events, which nobody reads here, are not written. */
export async function manyJobs({ rows }: TestDatabase, jobId: string, count: number): Promise<string[]> {
  await rows('ALTER TABLE training_jobs DISABLE TRIGGER USER');
  await rows(MULTIPLY, [jobId, DEFAULT_ALERTS, count]);
  await rows('ALTER TABLE training_jobs ENABLE TRIGGER USER');
  await rows('VACUUM ANALYZE training_jobs');
  return Array.from({ length: count }, (_, index) => `job_${String(index + 1).padStart(32, '0')}`);
}
