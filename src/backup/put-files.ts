import { createReadStream } from 'node:fs';
import path from 'node:path';
import { sha256Of } from '../storage/sha256-of.js';
import { BackupDamagedError } from './backup.errors.js';
import { FILES, objectFile } from './layout.js';
import { references } from './references.js';
import type { Stores } from './stores.js';
import type { Sums } from './sums.js';

/**
 * Puts the files of a backup into the stores; one that is there already, of a restore that was interrupted, is left
 * alone if it is the same. Resolves with how many the backup has, and which it
 * has not. Throws an Error for people.
 */
export async function putFiles(
  folder: string,
  { sums, stores, signal }: { sums: Sums; stores: Stores; signal: AbortSignal },
): Promise<{ count: number; absent: string[] }> {
  let count = 0;
  const absent: string[] = [];
  for await (const { store, key, sha256, isAiling } of references(path.join(folder, FILES))) {
    const name = objectFile(store, key);
    const sum = sums.get(name);
    if (sum === undefined && isAiling) {
      absent.push(`${store}/${key}`);
      continue;
    }
    if (sum !== sha256) throw new BackupDamagedError([`${name} is not the file that its row names`]);
    count += 1;
    signal.throwIfAborted();
    const present = await sha256Of(stores[store], key, signal);
    if (present === sha256) continue;
    if (present !== null) {
      throw new Error(
        `Another file lies under ${store}/${key} already, and files are never replaced: restore into an empty store.`,
      );
    }
    const stored = await stores[store].put(key, createReadStream(path.join(folder, name)), signal);
    if (stored.sha256 === sha256) continue;
    await stores[store].remove(key);
    throw new BackupDamagedError([`${name} was changed while it was read`]);
  }
  return { count, absent };
}
