import { runMigrations } from 'bullmq';
import pg from 'pg';
import { DataSource, type MigrationInterface } from 'typeorm';
import { BULLMQ_SCHEMA } from '../queue/backend.js';
import { dataSourceOptions } from './connection.js';
import { grantUse } from './grant-use.js';
import { MIGRATIONS } from './migrations/index.js';
import { holdSchema } from './schema-lock.js';
import { waitForDatabase } from './wait-for-database.js';

const LOCK_TIMEOUT = '10s';

export interface MigrateOptions {
  /** What API and workers connect with, where that is not the schema's owner. */
  appUrl?: string | undefined;
  onWait?: (reason: string) => void;
}

/** Brings the schema up to date, the queue's own included. Safe to run twice and side by side; waits for the server. */
export async function migrate(databaseUrl: string, { appUrl, onWait }: MigrateOptions = {}): Promise<void> {
  await waitForDatabase(databaseUrl, onWait);
  const work = async (source: DataSource, client: pg.Client) => {
    await source.runMigrations({ transaction: 'each' });
    await runMigrations(client, BULLMQ_SCHEMA);
    if (appUrl !== undefined) await grantUse(client, appUrl);
  };
  await migrating(databaseUrl, MIGRATIONS, work, () => onWait?.('a backup or another migration is under way'));
}

/** Has nobody else change the schema, or read all of it for a backup, while `work` does; its source knows these migrations. */
export async function migrating(
  databaseUrl: string,
  migrations: readonly (new () => MigrationInterface)[],
  work: (source: DataSource, client: pg.Client) => Promise<unknown>,
  onWait?: () => void,
): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const source = new DataSource({
    ...dataSourceOptions(databaseUrl, 2),
    migrations: [...migrations],
    extra: { max: 2, options: `-c lock_timeout=${LOCK_TIMEOUT}` },
  });
  try {
    await holdSchema(client, 'change', { onWait });
    await source.initialize();
    await work(source, client);
  } finally {
    if (source.isInitialized) await source.destroy();
    await client.end();
  }
}
