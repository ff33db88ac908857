import { rm } from 'node:fs/promises';
import path from 'node:path';
import { ObjectMissingError } from '../storage/object-store.js';
import { FilesDamagedError } from './backup.errors.js';
import { FILES, objectFile, STORES } from './layout.js';
import type { Manifest } from './manifest.js';
import { type Reference, references } from './references.js';
import { type FoundStates, recordStates } from './record-states.js';
import type { Stores } from './stores.js';
import { sha256OfFile, type SumsWriter } from './sums.js';
import { writeFile, type WrittenFile } from './write-file.js';

export interface FilesCopied {
  files: Manifest['files'];
  /** Keys of those that the platform had known to be damaged or missing, which are in no backup. */
  ailing: string[];
  /** In words, those that turned out to be damaged or missing. */
  problems: string[];
}

interface Source {
  stores: Stores;
  sums: SumsWriter;
  signal: AbortSignal;
  /** Leaves files out that are not as their rows say, and says so in the list. */
  withoutDamaged: boolean;
}

/**
 * Copies what the list of files names from the stores into the folder, held to the sha256 of its row. Throws
 * FilesDamagedError when all have been looked at, unless it may do without those.
 */
export async function copyFiles(
  folder: string,
  { stores, sums, signal, withoutDamaged }: Source,
): Promise<FilesCopied> {
  const list = path.join(folder, FILES);
  const files = Object.fromEntries(STORES.map((store) => [store, { count: 0, bytes: 0 }]));
  const ailing: string[] = [];
  const problems: string[] = [];
  const found: FoundStates = new Map();
  for await (const reference of references(list)) {
    const name = objectFile(reference.store, reference.key);
    const written = await copied(reference, { file: path.join(folder, name), stores, signal });
    if ('state' in written) {
      if (reference.isAiling) ailing.push(reference.key);
      else problems.push(`${reference.store}/${reference.key} ${written.why}`);
      if (!reference.isAiling) found.set(name, written.state);
      continue;
    }
    await sums.add(name, written.sha256);
    files[reference.store]!.count += 1;
    files[reference.store]!.bytes += written.bytes;
  }
  if (problems.length > 0 && !withoutDamaged) throw new FilesDamagedError(problems);
  if (found.size > 0) await recordStates(list, found, signal);
  await sums.add(FILES, await sha256OfFile(list, signal));
  return { files, ailing, problems };
}

/** What was written, or why nothing was. */
async function copied(
  { store, key, sha256 }: Reference,
  { file, stores, signal }: { file: string; stores: Stores; signal: AbortSignal },
): Promise<WrittenFile | { state: 'damaged' | 'missing'; why: string }> {
  try {
    const written = await writeFile(file, await stores[store].read(key), { signal });
    if (written.sha256 === sha256) return written;
    await rm(file);
    return { state: 'damaged', why: `has the sha256 ${written.sha256}, and not ${sha256}` };
  } catch (error) {
    if (error instanceof ObjectMissingError) return { state: 'missing', why: 'is missing' };
    throw error;
  }
}
