import { rm } from 'node:fs/promises';
import path from 'node:path';
import { ObjectMissingError } from '../storage/object-store.js';
import { FilesDamagedError } from './backup.errors.js';
import { objectFile, STORES } from './layout.js';
import type { Manifest } from './manifest.js';
import { type Reference, references } from './references.js';
import type { Stores } from './stores.js';
import type { SumsWriter } from './sums.js';
import { writeFile, type WrittenFile } from './write-file.js';

export interface FilesCopied {
  files: Manifest['files'];
  /** Keys of those that the platform had known to be damaged or missing, which are in no backup. */
  ailing: string[];
}

/**
 * Copies what `list` names from the stores into the folder, held to the sha256 of its row. Throws FilesDamagedError when
 * all have been looked at.
 */
export async function copyFiles(
  folder: string,
  { list, stores, sums, signal }: { list: string; stores: Stores; sums: SumsWriter; signal: AbortSignal },
): Promise<FilesCopied> {
  const files = Object.fromEntries(STORES.map((store) => [store, { count: 0, bytes: 0 }]));
  const ailing: string[] = [];
  const problems: string[] = [];
  for await (const reference of references(list)) {
    const name = objectFile(reference.store, reference.key);
    const written = await copied(reference, { file: path.join(folder, name), stores, signal });
    if (typeof written === 'string') {
      if (reference.isAiling) ailing.push(reference.key);
      else problems.push(`${reference.store}/${reference.key} ${written}`);
      continue;
    }
    await sums.add(name, written.sha256);
    files[reference.store]!.count += 1;
    files[reference.store]!.bytes += written.bytes;
  }
  if (problems.length > 0) throw new FilesDamagedError(problems);
  return { files, ailing };
}

/** What was written, or in words why nothing was. */
async function copied(
  { store, key, sha256 }: Reference,
  { file, stores, signal }: { file: string; stores: Stores; signal: AbortSignal },
): Promise<WrittenFile | string> {
  try {
    const written = await writeFile(file, await stores[store].read(key), { signal });
    if (written.sha256 === sha256) return written;
    await rm(file);
    return `has the sha256 ${written.sha256}, and not ${sha256}`;
  } catch (error) {
    if (error instanceof ObjectMissingError) return 'is missing';
    throw error;
  }
}
