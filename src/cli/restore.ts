import 'reflect-metadata';
import { databaseToRestore } from '../standalone/database-at-hand.js';
import { checkBackup, restore } from '../backup/restore.js';
import { readEnvironment } from '../config/environment.js';
import { shutdownSignal } from '../standalone/shutdown-signals.js';
import { oneFolder } from './one-folder.js';

const USAGE = `Usage: npm run restore -- <folder>

Restores what npm run backup wrote into the database and the stores of this environment. The database must be empty,
and no API or worker may run. How, step by step: docs/operations.md#backups.`;

const signal = shutdownSignal();

/** `npm run restore -- <folder>`. */
async function run(folder: string): Promise<void> {
  const environment = readEnvironment();
  const backup = await checkBackup(folder, signal);
  const { release, createdAt, tables } = backup.manifest;
  console.log(`A whole backup of ${createdAt}, by release ${release}. Restoring ...`);
  const database = await databaseToRestore(environment);
  try {
    const options = { databaseUrl: database.url, environment, signal, tell: (line: string) => console.log(line) };
    const { files, absent, handedBack } = await restore(backup, options);
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    console.log(`Restored ${rows} rows in ${tables.length} tables, and ${files} files. The schema is up to date.`);
    for (const name of absent) console.log(`Not restored, because it was damaged or missing when backed up: ${name}`);
    console.log(`What was under way goes on: ${handedBack.runs} runs, ${handedBack.datasets} datasets.`);
  } finally {
    await database.stop();
  }
}

try {
  const named = oneFolder('restore', process.argv.slice(2));
  if (named) await run(named.folder);
  else console.log(USAGE);
} catch (error) {
  console.error(((signal.aborted ? signal.reason : error) as Error).message);
  process.exitCode = 1;
}
