import { setTimeout as wait } from 'node:timers/promises';
import { TestPlatform } from '../test/support/platform.js';
import { createDataset, startedJob } from '../test/support/training.js';
import { processorSeconds, residentMebibytes, withChildren } from './harness/processes.js';
import { withServers } from './harness/with-servers.js';

/**
 * `npm run bench -- sizing [workers,workers,…] [milliseconds an epoch]`: what a platform takes, and what it brings: epochs a second that are
 * committed, processor time and memory of each part, connections, and bytes a row. Held against the same database doing
 * nothing but inserting such rows, as many at a time as the recorder has committed.
 */
const WORKERS = (process.argv[2] ?? '1,2,4').split(',').map(Number);
const RUNS_A_WORKER = 100;
const EPOCH_MS = Number(process.argv[3] ?? 50);
/** More than are trained while it is looked. */
const EPOCHS = 100_000;
const WARM_UP_MS = 5_000;
const LOOK_MS = 15_000;

const mebibytesOf = (processes: readonly { pid: number }[]) =>
  processes.map(({ pid }) => residentMebibytes(pid)).join(' ');
const secondsOf = (processes: readonly { pid: number }[]) => processorSeconds(processes.map(({ pid }) => pid));

async function measure(count: number): Promise<number> {
  const platform = await TestPlatform.start({
    workers: count,
    environment: { WORKER_CONCURRENCY: String(RUNS_A_WORKER), LEASE_MS: '30000', RECONCILE_INTERVAL_MS: '5000' },
  });
  try {
    const { client, database } = platform;
    const one = async (sql: string) => Number((await database.rows<{ one: string }>(`SELECT (${sql}) AS one`))[0]!.one);
    const datasetId = await createDataset(client);
    const job = { hyperparameters: { epochs: EPOCHS }, simulation: { epochMs: EPOCH_MS } };
    const runs = count * RUNS_A_WORKER;
    for (let started = 0; started < runs; started += 50) {
      await Promise.all(Array.from({ length: 50 }, () => startedJob(client, datasetId, job)));
    }
    await wait(WARM_UP_MS);
    const postmaster = Number(/^\d+/.exec(await onePid(database))![0]);
    const look = async () => ({
      at: performance.now(),
      epochs: await one('SELECT sum(current_epoch) FROM training_jobs'),
      wal: await one(`SELECT pg_current_wal_lsn() - '0/0'`),
      workers: secondsOf(platform.workers),
      api: secondsOf(platform.apis),
      servers: processorSeconds(withChildren(postmaster)),
    });
    const before = await look();
    await wait(LOOK_MS);
    const after = await look();
    const seconds = (after.at - before.at) / 1_000;
    const rate = (after.epochs - before.epochs) / seconds;
    const cores = (part: 'workers' | 'api' | 'servers') => ((after[part] - before[part]) / seconds).toFixed(2);
    const wal = (after.wal - before.wal) / (after.epochs - before.epochs);
    const connections = await one('SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()');
    const rows = await one('SELECT count(*) FROM training_progress');
    const bytes = await one(`SELECT pg_total_relation_size('training_progress')`);
    console.log(
      [
        `${count} workers, ${runs} runs, ${EPOCH_MS} ms an epoch (${(runs * 1_000) / EPOCH_MS} asked for): ${Math.round(rate)} epochs/s`,
        `  cores: workers ${cores('workers')}, API ${cores('api')}, PostgreSQL ${cores('servers')}`,
        `  MiB: workers ${mebibytesOf(platform.workers)}, API ${mebibytesOf(platform.apis)}`,
        `  connections ${connections}; bytes a row of training_progress ${Math.round(bytes / rows)}, of log an epoch ${Math.round(wal)}`,
      ].join('\n'),
    );
    return rate;
  } finally {
    await platform.stop();
  }
}

/** The server that the database is of. */
async function onePid(database: TestPlatform['database']): Promise<string> {
  const [row] = await database.rows<{ pid: string }>(
    `SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1) AS pid`,
  );
  return row!.pid;
}

/** Rows a second of one connection that inserts this many at a time and commits. */
async function insertsOf(atOnce: number): Promise<number> {
  const platform = await TestPlatform.start({ workers: 0 });
  try {
    const { database } = platform;
    await database.rows('CREATE TABLE plain (LIKE training_progress INCLUDING ALL)');
    const from = performance.now();
    let epoch = 0;
    while (performance.now() - from < LOOK_MS) {
      epoch += 1;
      await database.rows(
        `INSERT INTO plain SELECT 'job_' || lpad(number::text, 32, '0'), $1, 'default', 1, random(), random(), random(), 0.001, 0
         FROM generate_series(1, $2::int) AS number`,
        [epoch, atOnce],
      );
    }
    return (epoch * atOnce) / ((performance.now() - from) / 1_000);
  } finally {
    await platform.stop();
  }
}

await withServers(async () => {
  for (const count of WORKERS) {
    const rate = await measure(count);
    const plain = await insertsOf(RUNS_A_WORKER);
    console.log(
      `  plain inserts, ${RUNS_A_WORKER} at a time: ${Math.round(plain)} rows/s; ratio ${(rate / plain).toPrecision(2)}`,
    );
  }
});
