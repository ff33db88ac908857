import type { FileHandle } from 'node:fs/promises';

import { type Extract, extract } from 'tar-stream';

import type { ArchiveLimits, EntryKind, RecordedEntry } from './archive-entry.js';
import { faultOf } from './archive-fault.js';
import { Expansion } from './expansion.js';
import { tarBytes } from './tar-bytes.js';
import { feed } from './tar-feed.js';

type TarEntry = Extract extends AsyncIterable<infer Entry> ? Entry : never;

/** By type as tar-stream names it; it has none for sparse files, labels of volumes and the like. */
const KINDS: Partial<Record<string, EntryKind>> = {
  file: 'file',
  'contiguous-file': 'file',
  directory: 'directory',
  link: 'special',
  symlink: 'special',
  'character-device': 'special',
  'block-device': 'special',
  fifo: 'special',
};

/** The entries of a tar in their order. Throws `ArchiveFault`. */
export async function* tarEntries(
  handle: FileHandle,
  zipped: boolean,
  limits: ArchiveLimits,
): AsyncGenerator<RecordedEntry> {
  // A mark of one byte: every write waits until the reader asks for more.
  const reader = extract({ highWaterMark: 1 });
  const fed = feed(tarBytes(handle, zipped, new Expansion(limits.maxExpandedBytes)), reader);
  try {
    for await (const entry of reader) {
      const { name, type } = entry.header;
      yield { path: name, kind: KINDS[type] ?? 'unsupported', content: () => contentOf(entry) };
      // Entries that nobody read keep the reader waiting.
      entry.resume();
    }
  } catch (error) {
    throw faultOf(error);
  } finally {
    reader.destroy();
    await fed;
  }
}

async function* contentOf(entry: TarEntry): AsyncGenerator<Buffer> {
  try {
    yield* entry as AsyncIterable<Buffer>;
  } catch (error) {
    throw faultOf(error, entry.header.name);
  }
}
