import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { BackupDamagedError } from './backup.errors.js';
import { MANIFEST } from './layout.js';

/** Of the files of a backup and their meaning; a release that writes them otherwise raises it. */
export const FORMAT = 1;

export interface TableInBackup {
  name: string;
  /** In the order of the values in its file. */
  columns: string[];
  rows: number;
}

export interface Manifest {
  format: number;
  /** The version of the platform that wrote it. */
  release: string;
  /** The moment of which all tables are, by the database's clock. */
  createdAt: string;
  /** Those that had run, the first one first. */
  migrations: string[];
  tables: TableInBackup[];
  /** By store. */
  files: Record<string, { count: number; bytes: number }>;
}

/** What a backup says of itself. Throws an Error for people. */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(path.join(folder, MANIFEST), 'utf8');
  const manifest = parsed(text);
  if (manifest.format !== FORMAT) {
    throw new Error(
      `The backup has format ${JSON.stringify(manifest.format)}, which this release does not read (it reads ${FORMAT}): use the release that wrote it, ${JSON.stringify(manifest.release)}, or a later one.`,
    );
  }
  if (!isManifest(manifest)) throw new BackupDamagedError([`${MANIFEST} is not what a backup says of itself`]);
  return manifest;
}

function parsed(text: string): Partial<Manifest> {
  try {
    return (JSON.parse(text) ?? {}) as Partial<Manifest>;
  } catch {
    throw new BackupDamagedError([`${MANIFEST} is no JSON`]);
  }
}

const areTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

function isManifest(manifest: Partial<Manifest>): manifest is Manifest {
  return (
    typeof manifest.release === 'string' &&
    typeof manifest.createdAt === 'string' &&
    !Number.isNaN(Date.parse(manifest.createdAt)) &&
    areTexts(manifest.migrations) &&
    Array.isArray(manifest.tables) &&
    manifest.tables.every(
      (table) => typeof table?.name === 'string' && areTexts(table.columns) && Number.isInteger(table.rows),
    )
  );
}
