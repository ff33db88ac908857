import path from 'node:path';
import { Readable } from 'node:stream';
import type pg from 'pg';
import type { Environment } from '../config/environment.js';
import { BACKUP_LOCK } from '../database/backup-lock.js';
import { holdSchema, letGoOfSchema } from '../database/schema-lock.js';
import { RELEASE } from '../metrics/release.js';
import { copyFiles } from './copy-files.js';
import { MANIFEST } from './layout.js';
import { FORMAT, type Manifest } from './manifest.js';
import { newFolder } from './new-folder.js';
import { inSession } from './session.js';
import { writeSnapshot } from './snapshot.js';
import { withStores } from './stores.js';
import { SumsWriter } from './sums.js';
import { writeFile } from './write-file.js';

export interface BackupOptions {
  /** Made anew; must not be there. */
  folder: string;
  databaseUrl: string;
  environment: Environment;
  signal: AbortSignal;
  /** Called once, if a migration is under way, which is waited for. */
  onWait?: () => void;
  /** Files that are not as their rows say are left out; else there is no backup. */
  withoutDamaged?: boolean;
}

export interface Backup extends Manifest {
  /**
   * Tables that are not the platform's, files that were known to be damaged or missing, and, in words, those that turned
   * out to be: not in the backup.
   */
  leftOut: { tables: string[]; files: string[]; damaged: string[] };
}

const LOCK_NOT_AVAILABLE = '55P03';

/** Writes a backup while the platform runs, or does not. Throws an Error for people, and leaves no folder then. */
export function backUp(options: BackupOptions): Promise<Backup> {
  const { folder, databaseUrl, environment, signal, onWait, withoutDamaged = false } = options;
  return newFolder(folder, (draft) =>
    inSession(databaseUrl, async (client, lost) => {
      await lock(client);
      const ending = AbortSignal.any([signal, lost]);
      // A table that is rewritten after the snapshot looks empty to it, and a migration's ALTER that waited for our reads
      // would have everybody else wait behind it.
      await holdSchema(client, 'keep', { onWait, signal: ending });
      return withStores(environment, async (stores) => {
        const sums = new SumsWriter(draft);
        const { others, ...snapshot } = await writeSnapshot(client, { folder: draft, sums, signal: ending });
        await letGoOfSchema(client);
        const copied = await copyFiles(draft, { stores, sums, signal: ending, withoutDamaged });
        const { files, ailing, problems } = copied;
        const manifest: Manifest = { format: FORMAT, release: RELEASE, ...snapshot, files };
        const text = Readable.from([`${JSON.stringify(manifest, null, 2)}\n`]);
        const { sha256 } = await writeFile(path.join(draft, MANIFEST), text, { signal: ending });
        await sums.add(MANIFEST, sha256);
        await sums.close();
        return { ...manifest, leftOut: { tables: others, files: ailing, damaged: problems } };
      });
    }),
  );
}

/** From before the snapshot to the last file: nobody removes a file meanwhile that the snapshot may name. */
async function lock(client: pg.Client): Promise<void> {
  try {
    // Whoever removes files holds it for the length of a statement.
    await client.query(`SET lock_timeout = '5s'`);
    await client.query('SELECT pg_advisory_lock($1)', [BACKUP_LOCK]);
    await client.query('SET lock_timeout = 0');
  } catch (error) {
    if ((error as pg.DatabaseError).code !== LOCK_NOT_AVAILABLE) throw error;
    throw new Error('Another backup of this database is under way: wait for it to end.', { cause: error });
  }
}
