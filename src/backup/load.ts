import { createReadStream } from 'node:fs';
import path from 'node:path';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import pg from 'pg';
import { Tally } from '../storage/tally.js';
import { BackupDamagedError, DatabaseNotEmptyError } from './backup.errors.js';
import { migrationsOf, tablesOf, tablesWithRows } from './catalogue.js';
import { copyIn, copyOut } from './copy.js';
import { withoutForeignKeys } from './foreign-keys.js';
import { handBack } from './hand-back.js';
import { FILES, tableFile } from './layout.js';
import type { Manifest, TableInBackup } from './manifest.js';
import { NAMED_FILES, references } from './references.js';
import type { Sums } from './sums.js';

interface Source {
  folder: string;
  manifest: Manifest;
  sums: Sums;
  signal: AbortSignal;
}

/** Loads all rows and hands back what was under way, or does nothing at all: it is one transaction. */
export async function load(client: pg.Client, source: Source): Promise<{ runs: number; datasets: number }> {
  const { manifest } = source;
  await client.query('BEGIN');
  const names = await lockTables(client, manifest);
  const each = async (action: string) => {
    for (const name of names) await client.query(`ALTER TABLE ${name} ${action}`);
  };
  // Rows come with what triggers wrote when they were new: events, alerts, the audit.
  await each('DISABLE TRIGGER USER');
  const restoreForeignKeys = await withoutForeignKeys(client);
  for (const table of manifest.tables) await loadTable(client, table, source);
  await expectFilesOf(client, source);
  await restoreForeignKeys();
  await each('ENABLE TRIGGER USER');
  const handedBack = await handBack(client, manifest.createdAt);
  source.signal.throwIfAborted();
  await client.query('COMMIT');
  // The planner knows nothing of tables that were filled at once.
  await client.query(`ANALYZE ${names.join(', ')}`);
  return handedBack;
}

/** Nobody else changes anything from here on. Throws an Error for people unless these are the tables, without rows. */
async function lockTables(client: pg.Client, manifest: Manifest): Promise<string[]> {
  const { own } = await tablesOf(client);
  const names = own.map(({ name }) => pg.escapeIdentifier(name));
  await client.query(`LOCK TABLE ${names.join(', ')} IN ACCESS EXCLUSIVE MODE`);
  const filled = await tablesWithRows(client);
  if (filled.length > 0) throw new DatabaseNotEmptyError(filled);
  const migrations = await migrationsOf(client);
  if (migrations.join() !== manifest.migrations.join()) {
    throw new Error('Somebody else has changed the schema of the database meanwhile: try again.');
  }
  const shape = (tables: readonly { name: string; columns: string[] }[]) =>
    tables.map(({ name, columns }) => `${name}: ${columns.toSorted().join()}`).toSorted();
  const [here, there] = [shape(own), shape(manifest.tables)];
  if (here.join('\n') !== there.join('\n')) {
    const differing = there
      .filter((table) => !here.includes(table))
      .map((table) => `${table} is no table of its schema`);
    throw new BackupDamagedError(differing.length > 0 ? differing : ['tables of its schema are not in it']);
  }
  return names;
}

async function loadTable(client: pg.Client, table: TableInBackup, { folder, sums, signal }: Source): Promise<void> {
  const name = tableFile(table.name);
  const tally = new Tally();
  const rows = await copyIn(client, table, [createReadStream(path.join(folder, name)), tally, createGunzip()], signal);
  if (tally.result().sha256 !== sums.get(name)) throw new BackupDamagedError([`${name} was changed while it was read`]);
  if (rows !== table.rows) throw new BackupDamagedError([`${name} has ${rows} rows, and not ${table.rows}`]);
}

/** The rows must name the files that were put into the stores, and no others. */
async function expectFilesOf(client: pg.Client, { folder, signal }: Source): Promise<void> {
  const sha256Of = async (lines: Readable) => {
    const tally = new Tally();
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
    await pipeline(lines, tally, nowhere, { signal });
    return tally.result().sha256;
  };
  const named = await sha256Of(copyOut(client, NAMED_FILES));
  const listed = await sha256Of(Readable.from(namedBy(path.join(folder, FILES)), { objectMode: false }));
  if (named === listed) return;
  throw new BackupDamagedError([`${FILES} does not list the files that the rows name`]);
}

async function* namedBy(list: string): AsyncGenerator<string> {
  for await (const { store, key, bytes, sha256 } of references(list)) {
    yield `${[store, key, bytes, sha256].join('\t')}\n`;
  }
}
