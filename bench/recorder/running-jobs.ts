import { datasetRow, jobRow } from '../../test/factories/row.factory.js';
import type { TestDatabase } from '../../test/support/database.js';
import type { EpochReport } from '../../src/modules/training/trainer.js';
import type { Run } from '../../src/modules/training/run.js';

/** A run under way, and how far this measurement has taken it. */
export interface Racing {
  run: Run;
  epoch: number;
}

/** More than are ever trained here. */
const TOTAL_EPOCHS = 100_000_000;
const HYPERPARAMETERS = {
  learningRate: 0.001,
  batchSize: 32,
  hiddenLayers: [128, 64],
  dropout: 0.2,
  optimizer: 'adam',
};

/** So many jobs that a worker has claimed, as wide as real ones. Their rows are each subject's own. */
export async function runningJobs(database: TestDatabase, count: number): Promise<Racing[]> {
  const first = await jobRow(database, await datasetRow(database), { total_epochs: TOTAL_EPOCHS });
  await database.rows(
    `UPDATE training_jobs SET status = 'running', phase = 'training', attempt = 1, claim_id = gen_random_uuid(),
       worker_id = 'bench', lease_expires_at = clock_timestamp() + interval '1 day', started_at = clock_timestamp(),
       hyperparameters = $2, request_id = gen_random_uuid(), checkpoint = $3 WHERE id = $1`,
    [first, HYPERPARAMETERS, checkpointAfter(1)],
  );
  const columns = await database.rows<{ list: string }>(
    `SELECT string_agg(quote_ident(column_name), ', ') AS list FROM information_schema.columns
     WHERE table_name = 'training_jobs' AND column_name <> 'id'`,
  );
  const copies = await database.rows<{ id: string }>(
    `INSERT INTO training_jobs (id, ${columns[0]!.list})
     SELECT overlay($1::text placing lpad(to_hex(number), 8, '0') from 29), ${columns[0]!.list}
     FROM training_jobs, generate_series(1, $2::int) AS number WHERE id = $1 RETURNING id`,
    [first, count],
  );
  return copies.map(({ id }) => ({ run: { id, attempt: 1 } as Run, epoch: 0 }));
}

const measured = (epoch: number) => ({
  epoch,
  loss: 1 / Math.sqrt(epoch) + 0.123456789,
  validationLoss: 1.2 / Math.sqrt(epoch) + 0.123456789,
  accuracy: 1 - 0.512345678 / Math.sqrt(epoch),
  learningRate: 0.001,
});

/** As the simulator's. */
const checkpointAfter = (epoch: number) => ({ last: measured(epoch), best: measured(epoch), waited: 0 });

export const reportOf = (epoch: number): EpochReport => ({
  kind: 'epoch',
  ...measured(epoch),
  checkpoint: checkpointAfter(epoch),
});

/** Epochs a second that are committed while each run writes one after the other. */
export async function epochsASecond(
  runs: readonly Racing[],
  ms: number,
  write: (racing: Racing) => Promise<void>,
): Promise<number> {
  const from = performance.now();
  let written = 0;
  const race = async (racing: Racing) => {
    while (performance.now() - from < ms) {
      racing.epoch += 1;
      await write(racing);
      written += 1;
    }
  };
  await Promise.all(runs.map(race));
  return (1_000 * written) / (performance.now() - from);
}

/** Has each run go on from another epoch, so that they do not all come to the end of a block at once. */
export async function apart(database: TestDatabase, runs: readonly Racing[], epochs: number): Promise<Racing[]> {
  const ahead = runs.map(({ run }, place) => ({ run, epoch: place % epochs }));
  const values = [ahead.map(({ run }) => run.id), ahead.map(({ epoch }) => epoch)];
  await database.rows(
    `WITH ahead AS (SELECT * FROM unnest($1::text[], $2::int[]) AS run (id, last)),
       reached AS (UPDATE training_jobs AS job SET current_epoch = last FROM ahead WHERE job.id = ahead.id)
     INSERT INTO training_progress (job_id, current_epoch, tenant_id, attempt, loss, validation_loss, accuracy,
       learning_rate, estimated_time_remaining)
     SELECT id, epoch, 'default', 1, 1, 1, 1, 0.001, 1000 FROM ahead, generate_series(1, last) AS epoch`,
    values,
  );
  return ahead;
}
