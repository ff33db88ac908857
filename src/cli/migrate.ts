import 'reflect-metadata';
import { readEnvironment } from '../config/environment.js';
import { DatabaseNotConfiguredError } from '../database/database.errors.js';
import { migrate } from '../database/migrate.js';

/** `npm run migrate`: brings the database of DATABASE_URL up to date. */
try {
  const { DATABASE_URL, DATABASE_APP_URL: appUrl } = readEnvironment();
  if (!DATABASE_URL) throw new DatabaseNotConfiguredError();
  let told = '';
  const onWait = (reason: string) => {
    if (reason !== told) console.log(`Waiting for the database (${reason}) ...`);
    told = reason;
  };
  await migrate(DATABASE_URL, { appUrl, onWait });
  console.log('The schema is up to date.');
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
