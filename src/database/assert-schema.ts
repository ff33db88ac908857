import pg from 'pg';
import { SchemaBehindError } from './database.errors.js';
import { MIGRATIONS } from './migrations/index.js';

/** Throws SchemaBehindError unless every migration of this release has run. A newer schema is fine: it only widens. */
export async function assertSchema(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const table = await client.query<{ known: boolean }>(
      `SELECT to_regclass('schema_migrations') IS NOT NULL AS known`,
    );
    const done = table.rows[0]?.known
      ? await client.query<{ name: string }>('SELECT name FROM schema_migrations')
      : { rows: [] };
    const names = new Set(done.rows.map((row) => row.name));
    const missing = MIGRATIONS.map((migration) => migration.name).filter((name) => !names.has(name));
    if (missing.length > 0) throw new SchemaBehindError(missing);
  } finally {
    await client.end();
  }
}
