import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { datasetRow, jobRow } from '../test/factories/row.factory.js';
import { Command } from '../test/support/command.js';
import { testDatabase, type TestDatabase } from '../test/support/database.js';
import { PeakMemory } from './harness/peak-memory.js';
import { withServers } from './harness/with-servers.js';

/**
 * `npm run bench -- backup [millions of epochs] [mebibytes of files]`: how long a backup and its restore take, and what
 * memory they come to; the commands as an operator runs them.
 */
const MILLIONS = Number(process.argv[2] ?? 2);
const MEBIBYTES = Number(process.argv[3] ?? 1_024);
const EPOCHS_A_JOB = 1_000;
const FILE_MEBIBYTES = 64;
const MEBIBYTE = 1_048_576;

async function fill(database: TestDatabase, folder: string): Promise<void> {
  const dataset = await datasetRow(database);
  await jobRow(database, dataset, { total_epochs: EPOCHS_A_JOB });
  await database.rows(
    `INSERT INTO training_jobs SELECT (jsonb_populate_record(j, jsonb_build_object('id', 'job_' || n))).*
     FROM training_jobs AS j, generate_series(1, $1::int) AS n`,
    [(MILLIONS * 1_000_000) / EPOCHS_A_JOB],
  );
  await database.rows(
    `INSERT INTO training_progress (job_id, current_epoch, tenant_id, attempt, loss, validation_loss, accuracy,
       learning_rate, estimated_time_remaining)
     SELECT id, n, 'default', 1, random(), random(), random(), 0.001, n
     FROM training_jobs, generate_series(1, $1::int) AS n WHERE id ~ '^job_[0-9]{1,9}$'`,
    [EPOCHS_A_JOB],
  );
  for (let file = 0; file * FILE_MEBIBYTES < MEBIBYTES; file++) {
    const id = await datasetRow(database);
    const bytes = randomBytes(FILE_MEBIBYTES * MEBIBYTE);
    mkdirSync(path.join(folder, 'datasets', id), { recursive: true });
    writeFileSync(path.join(folder, 'datasets', id, 'content'), bytes);
    const sum = createHash('sha256').update(bytes).digest('hex');
    await database.rows(
      `UPDATE training_datasets SET content_key = $2, content_bytes = $3, content_sha256 = $4 WHERE id = $1`,
      [id, `${id}/content`, bytes.length, sum],
    );
  }
}

async function timed(name: string, variables: Record<string, string>, folder: string): Promise<void> {
  const peaks = new PeakMemory();
  const begun = performance.now();
  const command = new Command(`cli/${name}.js`, variables, [folder]);
  peaks.watch(name, command.pid);
  const code = await command.ended;
  peaks.stop();
  if (code !== 0) throw new Error(command.errors.join('\n'));
  const seconds = (performance.now() - begun) / 1_000;
  console.log(`${name.padEnd(8)} ${seconds.toFixed(1)} s, at most ${peaks.all.get(name)} MiB of memory`);
}

function bytesBelow(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0);
}

await withServers(async () => {
  const base = mkdtempSync(path.join(process.cwd(), '.cache', 'bench-backup-'));
  const [from, into] = [await testDatabase(), await testDatabase()];
  try {
    await fill(from, path.join(base, 'from'));
    const [{ bytes }] = (await from.rows(`SELECT pg_database_size(current_database())::float8 AS bytes`)) as [
      { bytes: number },
    ];
    console.log(
      `${MILLIONS} million epochs, a database of ${Math.round(bytes / MEBIBYTE)} MiB; ${MEBIBYTES} MiB of files`,
    );
    const backup = path.join(base, 'backup');
    await timed('backup', { DATABASE_URL: from.url, DATA_DIR: path.join(base, 'from') }, backup);
    console.log(`         ${Math.round(bytesBelow(path.join(backup, 'database')) / MEBIBYTE)} MiB of rows`);
    await timed('restore', { DATABASE_URL: into.url, DATA_DIR: path.join(base, 'into') }, backup);
  } finally {
    await Promise.all([from.drop(), into.drop()]);
    rmSync(base, { recursive: true, force: true });
  }
});
