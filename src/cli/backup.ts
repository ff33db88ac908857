import 'reflect-metadata';
import { backUp } from '../backup/back-up.js';
import { backupReport } from '../backup/backup-report.js';
import { databaseToBackUp } from '../backup/database-at-hand.js';
import { expectOutside } from '../backup/expect-outside.js';
import { readEnvironment } from '../config/environment.js';
import { shutdownSignal } from '../standalone/shutdown-signals.js';
import { oneFolder } from './one-folder.js';

const USAGE = `Usage: npm run backup -- <folder>

Writes the database and the files of the platform of this environment into a new folder, while it runs or not.
What is in it, and how it is restored: docs/operations.md#backups.`;

const signal = shutdownSignal();

/** `npm run backup -- <folder>`. */
async function run(folder: string): Promise<void> {
  const environment = readEnvironment();
  expectOutside(folder, environment);
  const database = await databaseToBackUp(environment);
  try {
    const onWait = () => console.log('Waiting for npm run migrate ...');
    const backup = await backUp({ folder, databaseUrl: database.url, environment, signal, onWait });
    console.log(backupReport(folder, backup));
  } finally {
    await database.stop();
  }
}

try {
  const folder = oneFolder('backup', process.argv.slice(2));
  if (folder) await run(folder);
  else console.log(USAGE);
} catch (error) {
  console.error(((signal.aborted ? signal.reason : error) as Error).message);
  process.exitCode = 1;
}
