import pg from 'pg';
import { databaseAtHand } from '../standalone/database-at-hand.js';
import { npmWasAskedForDryRun, readEnvironment } from '../config/environment.js';
import { countOldHistories, removeOldHistories } from '../modules/progress/history/retention.js';

const USAGE = 'npm run -s retention [-- --dry-run]';

/** `npm run retention`: removes the epochs of runs that ended long ago. `--dry-run`: only counts them. */
async function retain(url: string, days: number, dryRun: boolean): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { runs, epochs } = await (dryRun ? countOldHistories(client, days) : removeOldHistories(client, days));
    const what = `${epochs} epochs of ${runs} runs that ended more than ${days} days ago`;
    console.log(dryRun ? `Would remove ${what}.` : `Removed ${what}.`);
  } finally {
    await client.end();
  }
}

try {
  const [option, ...more] = process.argv.slice(2);
  if (more.length > 0 || (option !== undefined && option !== '--dry-run')) throw new Error(`Usage: ${USAGE}`);
  const environment = readEnvironment();
  const { HISTORY_RETENTION_DAYS: days } = environment;
  if (days === 0) {
    console.log('HISTORY_RETENTION_DAYS is not set, or 0: the epochs of all runs are kept.');
  } else {
    const database = await databaseAtHand(environment);
    try {
      await retain(database.url, days, option === '--dry-run' || npmWasAskedForDryRun());
    } finally {
      await database.stop();
    }
  }
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
