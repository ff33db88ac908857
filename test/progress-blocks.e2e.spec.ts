import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { BLOCK_EPOCHS } from '../src/modules/jobs/progress-block.entity.js';
import { BlockWriter } from '../src/modules/training/blocks/block.writer.js';
import { progressRows } from './factories/progress.factory.js';
import { datasetRow, jobRow } from './factories/row.factory.js';
import { connect } from './support/data-source.js';
import { testDatabase, type TestDatabase } from './support/database.js';
import { eventually } from './support/eventually.js';
import { TestPlatform } from './support/platform.js';
import { createDataset, ended, startedJob } from './support/training.js';

const blocksOf = async (database: TestDatabase, jobId: string) =>
  database.rows('SELECT * FROM training_progress_blocks WHERE job_id = $1 ORDER BY block', [jobId]);

describe('blocks of epochs', () => {
  let database: TestDatabase;
  let source: DataSource;
  let pool: Pool;
  let datasetId: string;
  let writer: BlockWriter;

  beforeAll(async () => {
    database = await testDatabase();
    ({ source, pool } = await connect(database));
    datasetId = await datasetRow(database);
    writer = new BlockWriter(pool);
  });
  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  const jobWith = async (from: number, to: number) => {
    const jobId = await jobRow(database, datasetId);
    await progressRows(database, jobId, from, to);
    return jobId;
  };
  const written = async (committed: readonly [string, number][]) => {
    for (const [jobId, epoch] of committed) writer.committed(jobId, epoch);
    await writer.idle();
  };

  it('hold least and greatest of their epochs, each with the first epoch that has it', async () => {
    const jobId = await jobWith(1, 2 * BLOCK_EPOCHS);
    await database.rows(
      `UPDATE training_progress SET accuracy = CASE current_epoch WHEN 300 THEN 'NaN'::float8 WHEN 301 THEN 'NaN' ELSE 1 END,
         loss = 9 WHERE job_id = $1 AND current_epoch BETWEEN 300 AND 310`,
      [jobId],
    );
    await written([
      [jobId, 255],
      [jobId, 256],
      [jobId, 512],
    ]);
    const [first, second, ...none] = await blocksOf(database, jobId);
    expect(none).toEqual([]);
    expect(first).toMatchObject({
      ...{ block: 0, tenant_id: 'default', min_loss: 1 / 256, min_loss_epoch: 256, max_loss: 1, max_loss_epoch: 1 },
      ...{ min_accuracy: null, min_accuracy_epoch: null, max_accuracy: null, max_accuracy_epoch: null },
      ...{ min_learning_rate: 0.001, min_learning_rate_epoch: 1, max_learning_rate_epoch: 1 },
    });
    expect(second).toMatchObject({
      ...{ block: 1, max_loss: 9, max_loss_epoch: 300, min_loss_epoch: 512, max_validation_loss_epoch: 257 },
      ...{ min_accuracy: 1, min_accuracy_epoch: 302, max_accuracy: NaN, max_accuracy_epoch: 300 },
    });
  });

  it('are not made of epochs that are not all there', async () => {
    const [begun, late, whole] = [await jobWith(1, 200), await jobWith(100, 512), await jobWith(1, 256)];
    await written([
      [begun, 256],
      [late, 256],
      [late, 512],
      [whole, 256],
      ['job_gone', 256],
    ]);
    const numbers = [];
    for (const jobId of [begun, late, whole]) numbers.push((await blocksOf(database, jobId)).map(({ block }) => block));
    expect(numbers).toEqual([[], [1], [0]]);
  });

  it('stay as they are when they are written again', async () => {
    const jobId = await jobWith(1, 256);
    await written([[jobId, 256]]);
    const before = await blocksOf(database, jobId);
    await written([[jobId, 256]]);
    expect(await blocksOf(database, jobId)).toEqual(before);
    expect(before).toHaveLength(1);
  });

  it('are left out where the database fails, and those that follow are written', async () => {
    const jobId = await jobWith(1, 768);
    await database.rows('ALTER TABLE training_progress_blocks RENAME TO away');
    await written([[jobId, 256]]);
    await database.rows('ALTER TABLE away RENAME TO training_progress_blocks');
    await written([[jobId, 512]]);
    expect((await blocksOf(database, jobId)).map(({ block }) => block)).toEqual([1]);
  });

  it('go with their job', async () => {
    const jobId = await jobWith(1, 256);
    await written([[jobId, 256]]);
    await database.rows('DELETE FROM training_jobs WHERE id = $1', [jobId]);
    expect(await blocksOf(database, jobId)).toEqual([]);
  });
});

describe('a run', () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await TestPlatform.start();
  });
  afterAll(() => platform.stop());

  it('leaves a block for each 256 epochs', async () => {
    const { client, database } = platform;
    const jobId = await startedJob(client, await createDataset(client), { hyperparameters: { epochs: 600 } });
    expect(await ended(client, jobId)).toMatchObject({ status: 'completed' });
    // Nobody waits for the last one.
    const both = async () => {
      const blocks = await blocksOf(database, jobId);
      return blocks.length === 2 && blocks;
    };
    const found = await eventually(both, 'two blocks');
    const truth = await database.rows(
      `SELECT min(loss) AS min_loss, max(loss) AS max_loss, min(validation_loss) AS min_validation_loss,
         max(accuracy) AS max_accuracy
       FROM training_progress WHERE job_id = $1 AND current_epoch <= 512 GROUP BY (current_epoch - 1) / 256 ORDER BY 1 DESC`,
      [jobId],
    );
    expect(found).toMatchObject(truth);
  });
});
