import type { TestDatabase } from './database.js';

const TABLES = [
  'training_datasets',
  'training_jobs',
  'training_progress',
  'models',
  'model_versions',
  'idempotency_keys',
  'alerts',
  'deployments',
  'audit_entries',
];

/** Count and checksum of all rows of each table: equal only when nothing at all has changed. */
export async function fingerprint(
  database: TestDatabase,
  tables: readonly string[] = TABLES,
): Promise<Record<string, unknown>> {
  const entries = tables.map(async (table) => {
    const [row] = await database.rows(
      `SELECT count(*)::int AS rows, md5(string_agg(t::text, '|' ORDER BY t::text)) AS checksum FROM ${table} AS t`,
    );
    return [table, row] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** By name; some of them change by themselves while there are workers. */
export async function everyTable(database: TestDatabase): Promise<string[]> {
  const rows = await database.rows<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}
