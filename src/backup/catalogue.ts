import type { ClientBase } from 'pg';
import { getMetadataArgsStorage } from 'typeorm';
import { ENTITIES } from '../database/entities.js';

export interface Table {
  name: string;
  columns: string[];
}

/** Ordinary tables of the schema, but for the list of migrations, which says what they are and is no content. */
const TABLES = `
  SELECT class.relname AS name, array_agg(attname::text ORDER BY attnum) FILTER (WHERE attgenerated = '') AS columns
  FROM pg_class AS class JOIN pg_attribute ON attrelid = class.oid
  WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
    AND class.relname <> 'schema_migrations' AND attnum > 0 AND NOT attisdropped
  GROUP BY class.oid, class.relname ORDER BY class.relname COLLATE "C"`;

const isPlatforms = (name: string) =>
  getMetadataArgsStorage().tables.some(
    (table) => table.name === name && (ENTITIES as unknown[]).includes(table.target),
  );

/** As the catalogue has them: the platform's own tables, and those that somebody else put beside them. */
export async function tablesOf(client: ClientBase): Promise<{ own: Table[]; others: string[] }> {
  const { rows } = await client.query<Table>(TABLES);
  return {
    own: rows.filter(({ name }) => isPlatforms(name)),
    others: rows.map(({ name }) => name).filter((name) => !isPlatforms(name)),
  };
}

/** Names, the first that ran first; none where there is no schema yet. */
export async function migrationsOf(client: ClientBase): Promise<string[]> {
  const { rows: found } = await client.query<{ known: boolean }>(
    `SELECT to_regclass('schema_migrations') IS NOT NULL AS known`,
  );
  if (!found[0]!.known) return [];
  const { rows } = await client.query<{ name: string }>('SELECT name FROM schema_migrations ORDER BY timestamp, id');
  return rows.map(({ name }) => name);
}

/** Those of the platform's tables that have rows, with how many; `client` may hold them locked. */
export async function tablesWithRows(client: ClientBase): Promise<{ name: string; rows: number }[]> {
  const { own } = await tablesOf(client);
  const counted: { name: string; rows: number }[] = [];
  for (const { name } of own) {
    const { rows } = await client.query<{ count: number }>(`SELECT count(*)::float8 AS count FROM "${name}"`);
    if (rows[0]!.count > 0) counted.push({ name, rows: rows[0]!.count });
  }
  return counted;
}
