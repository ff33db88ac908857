import 'reflect-metadata';
import { directDatabaseUrl, readEnvironment } from '../config/environment.js';
import { DatabaseNotConfiguredError } from '../database/database.errors.js';
import { migrate } from '../database/migrate.js';

/** `npm run migrate`: brings the database up to date. */
try {
  const environment = readEnvironment();
  const url = directDatabaseUrl(environment);
  const { DATABASE_APP_URL: appUrl } = environment;
  if (!url) throw new DatabaseNotConfiguredError();
  let told = '';
  const onWait = (reason: string) => {
    if (reason !== told) console.log(`Waiting for the database (${reason}) ...`);
    told = reason;
  };
  await migrate(url, { appUrl, onWait });
  console.log('The schema is up to date.');
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
