import type { FileHandle } from 'node:fs/promises';

import { digestOf } from '../digest.js';
import type { ArchiveFile, ArchiveLimits, EntryKind, RecordedEntry } from './archive-entry.js';
import { ArchiveFault, malformed } from './archive-fault.js';
import { type ArchiveLayout, LAYOUT_BYTES, layoutOf } from './archive-layout.js';
import { segmentsOf } from './entry-path.js';
import { tarEntries } from './tar-entries.js';
import { tooManyFiles } from './too-many-files.js';
import { zipEntries } from './zip-entries.js';

/** An archive that is open for reading. */
export interface Archive {
  layout: ArchiveLayout;
  /** Each to be read to its end before the next is asked for. Throws `ArchiveFault`. */
  files: AsyncIterable<ArchiveFile>;
}

/** Throws `ArchiveFault` where the layout is none that is known. */
export async function openArchive(handle: FileHandle, limits: ArchiveLimits): Promise<Archive> {
  const head = Buffer.alloc(LAYOUT_BYTES);
  const { bytesRead } = await handle.read(head, 0, LAYOUT_BYTES, 0);
  if (bytesRead === 0) throw new ArchiveFault('file_empty', 'The file is empty.');
  const layout = layoutOf(head);
  if (!layout) throw malformed('it is neither a zip nor a tar');
  const entries = layout === 'zip' ? zipEntries(handle, limits) : tarEntries(handle, layout === 'tar.gz', limits);
  return { layout, files: checked(entries, limits) };
}

async function* checked(entries: AsyncIterable<RecordedEntry>, limits: ArchiveLimits): AsyncGenerator<ArchiveFile> {
  // Digests: paths may be long, and there may be many.
  const seen = new Set<string>();
  let count = 0;
  for await (const entry of entries) {
    if (++count > limits.maxFiles) throw tooManyFiles(limits.maxFiles);
    const folders = segmentsOf(entry.path);
    const path = folders.join('/');
    assertOrdinary(entry.kind, entry.path);
    if (entry.kind === 'directory') continue;
    const name = folders.pop();
    if (name === undefined) throw new ArchiveFault('archive_unsafe_path', 'A file has no name.', entry.path);
    const digest = digestOf(path);
    if (seen.has(digest)) {
      throw new ArchiveFault('archive_duplicate_path', 'The archive holds two files of the same path.', path);
    }
    seen.add(digest);
    yield { path, folders, name, content: entry.content() };
  }
}

function assertOrdinary(kind: EntryKind, path: string): void {
  if (kind === 'special') {
    throw new ArchiveFault('archive_unsafe_entry', 'The archive holds a link or a device.', path);
  }
  if (kind === 'unsupported') {
    throw new ArchiveFault('archive_unsupported', 'The archive holds an entry of an unknown kind.', path);
  }
}
