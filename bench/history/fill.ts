import { WRITE_BLOCKS } from '../../src/modules/training/blocks/block.statement.js';
import { BLOCK_EPOCHS } from '../../src/modules/jobs/progress-block.entity.js';
import { datasetRow, jobRow } from '../../test/factories/row.factory.js';
import type { TestDatabase } from '../../test/support/database.js';

export interface Histories {
  /** One job with all its epochs, summed up in blocks. */
  long: string;
  /** The same without blocks, as histories are that were written before there were any. */
  old: string;
  /** Jobs of EPOCHS_OF_EACH epochs. */
  many: string[];
}

export const EPOCHS_OF_EACH = 1_000;

/** $1 jobs, $2 epochs. A curve that falls, with noise on it; the same for every job. */
const INSERT = `
  INSERT INTO training_progress (job_id, current_epoch, tenant_id, attempt, loss, validation_loss, accuracy,
    learning_rate, estimated_time_remaining)
  SELECT job_id, epoch, 'default', 1, 1 / sqrt(epoch) + noise / 100, 1.2 / sqrt(epoch) + noise / 50,
    1 - 1 / sqrt(epoch) + noise / 100, 0.001, 0
  FROM unnest($1::text[]) AS job_id CROSS JOIN generate_series(1, $2::integer) AS epoch
    CROSS JOIN LATERAL (SELECT abs(hashint4(epoch)) / 2147483648.0::float8 AS noise) AS drawn`;

/** $1 jobs, $2 epochs. Their latest report, as the recorder leaves it. */
const REPORT = `
  UPDATE training_jobs AS job SET current_epoch = $2, loss = last.loss, validation_loss = last.validation_loss,
    accuracy = last.accuracy, learning_rate = last.learning_rate, reported_at = last.timestamp,
    started_at = job.created_at
  FROM training_progress AS last WHERE job.id = ANY($1) AND last.job_id = job.id AND last.current_epoch = $2`;

/** $1 job, $2 others. */
const COPY_JOB = `
  INSERT INTO training_jobs (id, tenant_id, name, dataset_id, model_id, model_type, hyperparameters, configuration,
    seed, status, phase, total_epochs, total_batches)
  SELECT new.id, tenant_id, name, dataset_id, model_id, model_type, hyperparameters, configuration, seed, status, phase,
    total_epochs, total_batches
  FROM training_jobs AS other JOIN unnest($2::text[]) AS new (id) ON other.id = $1`;

const JOBS_AT_ONCE = 500;

/** All of it, in the order in which platforms grow: the many first. */
export async function fill(database: TestDatabase, jobs: number, epochs: number): Promise<Histories> {
  const dataset = await datasetRow(database);
  const completed = { status: 'completed', phase: 'done' };
  const newLong = () => jobRow(database, dataset, { ...completed, total_epochs: epochs });
  const first = await jobRow(database, dataset, { ...completed, total_epochs: EPOCHS_OF_EACH });
  const others = Array.from({ length: jobs - 1 }, (_, number) => `job_${String(number).padStart(32, '0')}`);
  await database.rows(COPY_JOB, [first, others]);
  const histories = { long: await newLong(), old: await newLong(), many: [first, ...others] };
  for (let from = 0; from < jobs; from += JOBS_AT_ONCE) {
    await write(database, histories.many.slice(from, from + JOBS_AT_ONCE), EPOCHS_OF_EACH);
  }
  for (const id of [histories.long, histories.old]) await write(database, [id], epochs);
  await sumUp(database, histories.many, EPOCHS_OF_EACH);
  await sumUp(database, [histories.long], epochs);
  await database.rows('VACUUM ANALYZE');
  return histories;
}

async function write(database: TestDatabase, ids: readonly string[], epochs: number): Promise<void> {
  await database.rows(INSERT, [ids, epochs]);
  await database.rows(REPORT, [ids, epochs]);
}

/** As the worker does it, a block after the other. */
async function sumUp(database: TestDatabase, ids: readonly string[], epochs: number): Promise<void> {
  const blocks = Math.floor(epochs / BLOCK_EPOCHS);
  for (const part of partsOf(ids.flatMap((id) => Array.from({ length: blocks }, (_, block) => ({ id, block }))))) {
    await database.rows(WRITE_BLOCKS.text, [part.map(({ id }) => id), part.map(({ block }) => block)]);
  }
}

function* partsOf<T>(all: readonly T[], size = 1_000): Generator<T[]> {
  for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size);
}
