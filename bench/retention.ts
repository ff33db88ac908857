import pg from 'pg';
import { removeOldHistories } from '../src/modules/progress/history/retention.js';
import { datasetRow, jobRow } from '../test/factories/row.factory.js';
import { testDatabase, type TestDatabase } from '../test/support/database.js';
import { median } from './harness/median.js';
import { withServers } from './harness/with-servers.js';

/**
 * `npm run bench -- retention [runs] [rounds]`: what it costs to remove the epochs of old runs as `npm run retention` does,
 * held against the table in partitions by id, of which the old one is dropped; what the partitions cost while epochs are
 * written; and whether the room of what was removed is used again.
 */
const RUNS = Number(process.argv[2] ?? 4_000);
const ROUNDS = Number(process.argv[3] ?? 3);
const EPOCHS = 250;

const ROW = `current_epoch, tenant_id, attempt, loss, validation_loss, accuracy, learning_rate, estimated_time_remaining`;
/** $1 number of the round. As workers write: an epoch of many runs at a time. */
const WRITE = (table: string) => `
  INSERT INTO ${table} (job_id, ${ROW})
  SELECT job.id, epoch, 'default', 1, random(), random(), random(), 0.001, 0
  FROM generate_series(1, ${EPOCHS}) AS epoch CROSS JOIN bench_runs AS job WHERE job.round = $1 ORDER BY epoch`;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

/** So many runs that ended 40 days ago, by their ids. */
async function makeRuns(database: TestDatabase, round: number): Promise<void> {
  const dataset = await datasetRow(database);
  const first = await jobRow(database, dataset, { status: 'completed', phase: 'done', total_epochs: EPOCHS });
  const columns = await database.rows<{ list: string }>(
    `SELECT string_agg(quote_ident(column_name), ', ') AS list FROM information_schema.columns
     WHERE table_name = 'training_jobs' AND column_name NOT IN ('id', 'current_epoch', 'completed_at')`,
  );
  const others = columns[0]!.list;
  await database.rows(
    `INSERT INTO training_jobs (id, current_epoch, completed_at, ${others})
     SELECT 'job_' || lpad(($2::bigint * 1000000 + number)::text, 32, '0'), ${EPOCHS}, clock_timestamp() - interval '40 days', ${others}
     FROM training_jobs, generate_series(1, $3::int) AS number WHERE id = $1`,
    [first, round, RUNS],
  );
  await database.rows(
    `INSERT INTO bench_runs SELECT id, $1::int FROM training_jobs WHERE id LIKE 'job_' || lpad($1::int::text, 26, '0') || '%'`,
    [round],
  );
}

const sizeOf = async (database: TestDatabase) =>
  Number(
    (await database.rows<{ bytes: string }>(`SELECT pg_total_relation_size('training_progress') AS bytes`))[0]!.bytes,
  );

await withServers(async () => {
  const database = await testDatabase();
  const client = new pg.Client(database.url);
  await client.connect();
  const written: number[] = [];
  const removed: number[] = [];
  const writtenInPartitions: number[] = [];
  const dropped: number[] = [];
  const sizes: number[] = [];
  try {
    await database.rows('CREATE TABLE bench_runs (id text, round int)');
    await database.rows(
      `CREATE TABLE parted (LIKE training_progress INCLUDING ALL,
         FOREIGN KEY (job_id) REFERENCES training_jobs ON DELETE CASCADE) PARTITION BY RANGE (job_id)`,
    );
    for (let round = 1; round <= ROUNDS; round++) {
      await makeRuns(database, round);
      const bound = (number: number) => `'job_${String(number).padStart(26, '0')}'`;
      await database.rows(
        `CREATE TABLE parted_${round} PARTITION OF parted FOR VALUES FROM (${bound(round)}) TO (${bound(round + 1)})`,
      );
      written.push(await timed(() => database.rows(WRITE('training_progress'), [round])));
      writtenInPartitions.push(await timed(() => database.rows(WRITE('parted'), [round])));
      sizes.push(await sizeOf(database));
      removed.push(await timed(() => removeOldHistories(client, 30)));
      dropped.push(await timed(() => database.rows(`DROP TABLE parted_${round}`)));
      await database.rows('VACUUM training_progress');
    }
  } finally {
    await client.end();
    await database.drop();
  }
  const rows = RUNS * EPOCHS;
  const told = (what: string, times: number[], held: number[]) =>
    console.log(
      `${what}: ${Math.round(median(times))} ms, ${Math.round(rows / (median(times) / 1_000))} rows/s, ratio ${(median(times) / median(held)).toPrecision(2)}`,
    );
  console.log(`${RUNS} runs of ${EPOCHS} epochs, ${rows} rows, ${ROUNDS} rounds`);
  told('written to the table', written, written);
  told('written to partitions', writtenInPartitions, written);
  told('removed by retention', removed, written);
  told('a partition dropped', dropped, written);
  console.log(`bytes a row, with its index: ${Math.round(sizes[0]! / rows)}`);
  console.log(`size at its largest, by round: ${sizes.map((size) => (size / sizes[0]!).toFixed(2)).join(', ')}`);
});
