import type { Environment } from '../config/environment.js';
import { migrate } from '../database/migrate.js';
import { waitForDatabase } from '../database/wait-for-database.js';
import { BackupDamagedError, DatabaseNotEmptyError } from './backup.errors.js';
import { tablesWithRows } from './catalogue.js';
import { destination } from './destination.js';
import { expectKnown } from './known-migrations.js';
import { FILES, MANIFEST, tableFile } from './layout.js';
import { load } from './load.js';
import { type Manifest, readManifest } from './manifest.js';
import { putFiles } from './put-files.js';
import { bringSchemaTo } from './schema-of.js';
import { inSession } from './session.js';
import { withStores } from './stores.js';
import { type Sums, verifiedSums } from './sums.js';

export interface CheckedBackup {
  folder: string;
  manifest: Manifest;
  sums: Sums;
}

export interface RestoreOptions {
  databaseUrl: string;
  environment: Environment;
  signal: AbortSignal;
  /** Hears, before anything is written, where to. */
  tell: (line: string) => void;
}

export interface Restored {
  files: number;
  /** Files that rows name and that the backup has not: they were damaged or missing. */
  absent: string[];
  /** What was under way and goes on. */
  handedBack: { runs: number; datasets: number };
}

/** Reads all of a backup. Throws an Error for people unless it is whole, and of this release or an earlier one. */
export async function checkBackup(folder: string, signal: AbortSignal): Promise<CheckedBackup> {
  const sums = await verifiedSums(folder, signal);
  expectListed(sums, [MANIFEST, FILES]);
  const manifest = await readManifest(folder);
  expectListed(
    sums,
    manifest.tables.map(({ name }) => tableFile(name)),
  );
  expectKnown('The backup', manifest.migrations, manifest.release);
  return { folder, manifest, sums };
}

function expectListed(sums: Sums, names: readonly string[]): void {
  const missing = names.filter((name) => !sums.has(name)).map((name) => `${name} is missing`);
  if (missing.length > 0) throw new BackupDamagedError(missing);
}

/**
 * Restores into a database without rows, then migrates it. Files before rows: no row ever names a file that is not
 * there. Whatever ends it before the rows are committed leaves a database without rows, and files that the next try
 * finds the same. Throws an Error for people.
 */
export async function restore(
  { folder, manifest, sums }: CheckedBackup,
  { databaseUrl, environment, signal, tell }: RestoreOptions,
): Promise<Restored> {
  await waitForDatabase(databaseUrl);
  await inSession(databaseUrl, async (client) => {
    const filled = await tablesWithRows(client);
    if (filled.length > 0) throw new DatabaseNotEmptyError(filled);
    for (const line of destination(client, environment)) tell(line);
  });
  await bringSchemaTo(databaseUrl, manifest.migrations);
  const restored = await withStores(environment, async (stores) => {
    const { count, absent } = await putFiles(folder, { sums, stores, signal });
    const handedBack = await inSession(databaseUrl, (client, lost) =>
      load(client, { folder, manifest, sums, signal: AbortSignal.any([signal, lost]) }),
    );
    return { files: count, absent, handedBack };
  });
  await migrate(databaseUrl, { appUrl: environment.DATABASE_APP_URL });
  return restored;
}
