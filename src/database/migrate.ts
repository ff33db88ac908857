import { setTimeout as wait } from 'node:timers/promises';
import { runMigrations } from 'bullmq';
import pg from 'pg';
import { DataSource, type MigrationInterface } from 'typeorm';
import { BULLMQ_SCHEMA } from '../queue/backend.js';
import { dataSourceOptions } from './connection.js';
import { grantUse } from './grant-use.js';
import { MIGRATIONS } from './migrations/index.js';
import { waitForDatabase } from './wait-for-database.js';

/** Held while migrating, so that two migrate commands do not meet; the number only has to be ours. */
const LOCK = 7_240_115;
const LOCK_TIMEOUT = '10s';

/** Milliseconds between two looks whether the other command is done. */
const TURN_MS = 200;

export interface MigrateOptions {
  /** What API and workers connect with, where that is not the schema's owner. */
  appUrl?: string | undefined;
  onWait?: (reason: string) => void;
}

/** Brings the schema up to date, the queue's own included. Safe to run twice and side by side; waits for the server. */
export async function migrate(databaseUrl: string, { appUrl, onWait }: MigrateOptions = {}): Promise<void> {
  await waitForDatabase(databaseUrl, onWait);
  await migrating(databaseUrl, MIGRATIONS, async (source, client) => {
    await source.runMigrations({ transaction: 'each' });
    await runMigrations(client, BULLMQ_SCHEMA);
    if (appUrl !== undefined) await grantUse(client, appUrl);
  });
}

/** Has nobody else change the schema while `work` does; its source knows these migrations. */
export async function migrating(
  databaseUrl: string,
  migrations: readonly (new () => MigrationInterface)[],
  work: (source: DataSource, client: pg.Client) => Promise<unknown>,
): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const source = new DataSource({
    ...dataSourceOptions(databaseUrl, 2),
    migrations: [...migrations],
    extra: { max: 2, options: `-c lock_timeout=${LOCK_TIMEOUT}` },
  });
  try {
    await takeTurn(client);
    await source.initialize();
    await work(source, client);
  } finally {
    if (source.isInitialized) await source.destroy();
    await client.end();
  }
}

/** By asking again and again: a statement that waits is a transaction that an index made concurrently would wait for. */
async function takeTurn(client: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [LOCK]);
    if (rows[0]!.taken) return;
    await wait(TURN_MS);
  }
}
