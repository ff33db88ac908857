import path from 'node:path';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { migrationsOf, type Table, tablesOf } from './catalogue.js';
import { copyOut } from './copy.js';
import { expectKnown } from './known-migrations.js';
import { FILES, tableFile } from './layout.js';
import type { Manifest, TableInBackup } from './manifest.js';
import { REFERENCES } from './references.js';
import type { SumsWriter } from './sums.js';
import { unlessAborted } from './unless-aborted.js';
import { writeFile } from './write-file.js';

export interface Snapshot extends Pick<Manifest, 'createdAt' | 'migrations' | 'tables'> {
  /** Tables of the schema that are not the platform's, and not in the backup. */
  others: string[];
}

interface Draft {
  folder: string;
  sums: SumsWriter;
  signal: AbortSignal;
}

/** Rows are mostly figures and repeat themselves: the levels beyond cost much time for little. */
const GZIP = { level: 4 };

/** Writes all tables as they are at one moment, and the list of the files that they name then. Nobody may migrate. */
export async function writeSnapshot(client: pg.Client, draft: Draft): Promise<Snapshot> {
  const migrations = await migrationsOf(client);
  if (migrations.length === 0) throw new Error('The database has no schema yet: there is nothing to back up.');
  expectKnown('The database', migrations);
  await begin(client, draft.signal);
  const { rows: moment } = await client.query<{ at: string }>(
    `SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at`,
  );
  const { own, others } = await tablesOf(client);
  const tables: TableInBackup[] = [];
  for (const table of own) tables.push(await writeTable(client, table, draft));
  await writeFile(path.join(draft.folder, FILES), copyOut(client, REFERENCES), { signal: draft.signal });
  // Files take their time, and a transaction that stays open keeps the server from tidying up behind everybody.
  await client.query('COMMIT');
  return { createdAt: moment[0]!.at, migrations, tables, others };
}

/** What locks a table does not take a snapshot: it is of a moment at which nobody rewrites any of them by hand. */
async function begin(client: pg.Client, signal: AbortSignal): Promise<void> {
  const { own } = await tablesOf(client);
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  const names = own.map(({ name }) => pg.escapeIdentifier(name));
  await unlessAborted(client.query(`LOCK TABLE ${names.join(', ')} IN ACCESS SHARE MODE`), signal);
}

async function writeTable(client: pg.Client, table: Table, { folder, sums, signal }: Draft): Promise<TableInBackup> {
  const rows = copyOut(client, table);
  const file = path.join(folder, tableFile(table.name));
  const { sha256 } = await writeFile(file, rows, { signal, through: createGzip(GZIP) });
  await sums.add(tableFile(table.name), sha256);
  // The number of rows comes after the last of them.
  await client.query('');
  return { ...table, rows: rows.rowCount };
}
