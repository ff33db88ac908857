import type { TestDatabase } from '../support/database.js';

/** Epochs `from` to `to` of a job, written straight into the database: the loss is 1 / epoch, no accuracy. */
export async function progressRows(database: TestDatabase, jobId: string, from: number, to: number): Promise<void> {
  await database.rows(
    `INSERT INTO training_progress (job_id, current_epoch, tenant_id, attempt, loss, validation_loss, learning_rate,
       estimated_time_remaining)
     SELECT id, epoch, tenant_id, 1, 1 / epoch::double precision, 1.5 / epoch::double precision, 0.001, 0
     FROM training_jobs, generate_series($2::int, $3::int) AS epoch WHERE id = $1`,
    [jobId, from, to],
  );
}
