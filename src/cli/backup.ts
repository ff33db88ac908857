import 'reflect-metadata';
import { backUp } from '../backup/back-up.js';
import { backupReport } from '../backup/backup-report.js';
import { databaseAtHand } from '../standalone/database-at-hand.js';
import { expectOutside } from '../backup/expect-outside.js';
import { readEnvironment } from '../config/environment.js';
import { shutdownSignal } from '../standalone/shutdown-signals.js';
import { oneFolder } from './one-folder.js';

const USAGE = `Usage: npm run backup -- <folder> [--without-damaged]

Writes the database and the files of the platform of this environment into a new folder, while it runs or not.
With --without-damaged, files that are missing or damaged are left out and named, and the command ends with 2; without
it there is no backup then. What is in it, and how it is restored: docs/operations.md#backups.`;

/** The exit code where files were left out that nobody knew to be damaged. */
const WHOLE_BUT_FOR_SOME = 2;
const WITHOUT_DAMAGED = 'without-damaged';

const signal = shutdownSignal();

/** `npm run backup -- <folder>`. */
async function run(folder: string, withoutDamaged: boolean): Promise<void> {
  const environment = readEnvironment();
  await expectOutside(folder, environment);
  const database = await databaseAtHand(environment);
  try {
    const onWait = () => console.log('Waiting for npm run migrate ...');
    const options = { folder, databaseUrl: database.url, environment, signal, onWait, withoutDamaged };
    const backup = await backUp(options);
    console.log(backupReport(folder, backup));
    if (backup.leftOut.damaged.length > 0) process.exitCode = WHOLE_BUT_FOR_SOME;
  } finally {
    await database.stop();
  }
}

try {
  const named = oneFolder('backup', process.argv.slice(2), [WITHOUT_DAMAGED]);
  if (named) await run(named.folder, named.flags.has(WITHOUT_DAMAGED));
  else console.log(USAGE);
} catch (error) {
  console.error(((signal.aborted ? signal.reason : error) as Error).message);
  process.exitCode = 1;
}
