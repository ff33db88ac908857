import type { Entry } from 'yauzl';

import type { EntryKind } from './archive-entry.js';
import { ArchiveFault, malformed } from './archive-fault.js';

const ENCRYPTED = 0x1;
const METHODS = [0, 8];
const TYPE_OF_MODE = 0o170000;
/** Sockets, links, devices of both sorts, pipes. */
const SPECIAL = [0o140000, 0o120000, 0o060000, 0o020000, 0o010000];

/** Throws `ArchiveFault` for what cannot be read: `flags` are those of the directory or of the file's own header. */
export function assertReadable(flags: number, method: number, path: string): void {
  if (flags & ENCRYPTED) throw new ArchiveFault('archive_encrypted', 'The archive is encrypted.', path);
  if (!METHODS.includes(method)) {
    throw new ArchiveFault('archive_unsupported', `Compression method ${method} is not supported; deflate is.`, path);
  }
}

export function kindOf(entry: Entry, path: string): EntryKind {
  // The upper half holds the mode of Unix whichever system the archive claims to come from.
  if (SPECIAL.includes((entry.externalFileAttributes >>> 16) & TYPE_OF_MODE)) return 'special';
  if (!path.endsWith('/')) return 'file';
  if (entry.uncompressedSize > 0) throw malformed('a folder has content', path);
  return 'directory';
}
