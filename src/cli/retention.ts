import pg from 'pg';
import { readEnvironment } from '../config/environment.js';
import { DatabaseNotConfiguredError } from '../database/database.errors.js';
import { countOldHistories, removeOldHistories } from '../modules/progress/history/retention.js';

const USAGE = 'npm run -s retention [-- --dry-run]';

/** `npm run retention`: removes the epochs of runs that ended long ago. `--dry-run`: only counts them. */
async function retain(client: pg.Client, days: number, dryRun: boolean): Promise<void> {
  await client.connect();
  const { runs, epochs } = await (dryRun ? countOldHistories(client, days) : removeOldHistories(client, days));
  const what = `${epochs} epochs of ${runs} runs that ended more than ${days} days ago`;
  console.log(dryRun ? `Would remove ${what}.` : `Removed ${what}.`);
}

try {
  const [option, ...more] = process.argv.slice(2);
  if (more.length > 0 || (option !== undefined && option !== '--dry-run')) throw new Error(`Usage: ${USAGE}`);
  const { DATABASE_URL, HISTORY_RETENTION_DAYS: days } = readEnvironment();
  if (!DATABASE_URL) throw new DatabaseNotConfiguredError();
  if (days === 0) {
    console.log('HISTORY_RETENTION_DAYS is not set: the epochs of all runs are kept.');
  } else {
    const client = new pg.Client(DATABASE_URL);
    try {
      await retain(client, days, option === '--dry-run');
    } finally {
      await client.end();
    }
  }
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
