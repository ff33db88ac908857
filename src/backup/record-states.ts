import { rename } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { objectFile } from './layout.js';
import { references } from './references.js';
import { writeFile } from './write-file.js';

/** By the names that the files would have in the backup. */
export type FoundStates = Map<string, 'damaged' | 'missing'>;

/** Writes the list of files anew, with what was found of some of them; a restore then does not look for these. */
export async function recordStates(list: string, found: FoundStates, signal: AbortSignal): Promise<void> {
  const draft = `${list}.draft`;
  await writeFile(draft, Readable.from(lines(list, found)), { signal });
  await rename(draft, list);
}

async function* lines(list: string, found: FoundStates): AsyncGenerator<string> {
  for await (const { store, key, bytes, sha256, state } of references(list)) {
    yield `${[store, key, bytes, sha256, found.get(objectFile(store, key)) ?? state].join('\t')}\n`;
  }
}
