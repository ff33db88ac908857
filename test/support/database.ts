import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** The environment variable through which the set-up tells the suites where the server is. */
const TEST_SERVER = 'TEST_SERVER_URL';
/** Migrated once by the set-up; copied for each suite. */
const TEMPLATE = 'platform_template';

function urlOf(database: string): string {
  const url = new URL(process.env[TEST_SERVER]!);
  url.pathname = `/${database}`;
  return url.toString();
}

async function administer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: process.env[TEST_SERVER] });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function createDatabase(name: string, template: string | null): Promise<string> {
  await administer(`CREATE DATABASE ${name}${template ? ` TEMPLATE ${template}` : ''}`);
  return urlOf(name);
}

async function dropDatabase(name: string): Promise<void> {
  await administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}

export interface TestDatabase {
  url: string;
  pool: pg.Pool;
  /** The rows of a query. */
  rows<T extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<T[]>;
  drop(): Promise<void>;
}

/** A database of the suite's own, with the current schema and no rows. */
export async function testDatabase(template: string | null = TEMPLATE): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  return databaseAt(await createDatabase(name, template), () => dropDatabase(name));
}

/** One that is there already, wherever it is; `drop` is what ends it. */
export function databaseAt(url: string, drop: () => Promise<void>): TestDatabase {
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  pool.on('error', () => {});
  return {
    url,
    pool,
    rows: async <T extends pg.QueryResultRow>(sql: string, values: unknown[] = []) =>
      (await pool.query<T>(sql, values)).rows,
    drop: async () => {
      await pool.end();
      await drop();
    },
  };
}
