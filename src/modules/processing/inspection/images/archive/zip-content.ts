import type { FileHandle } from 'node:fs/promises';
import { crc32, createInflateRaw } from 'node:zlib';

import type { Entry, ZipFile } from 'yauzl';

import { faultOf, malformed } from './archive-fault.js';
import { assertRatio, type Expansion } from './expansion.js';
import { fileRange } from './file-range.js';
import { unpacked } from './unpacked.js';
import { assertReadable } from './zip-kind.js';

/** A zip that is being read. */
export interface OpenZip {
  zip: ZipFile;
  handle: FileHandle;
  expansion: Expansion;
}

/** The content of a zip's file, counted and compared with what the directory says of it. Throws `ArchiveFault`. */
export async function* zipContent(open: OpenZip, entry: Entry, path: string): AsyncGenerator<Buffer> {
  try {
    open.expansion.announce(entry.uncompressedSize, path);
    assertRatio(entry.uncompressedSize, entry.compressedSize, path);
    let bytes = 0;
    let sum = 0;
    for await (const chunk of await openContent(open, entry, path)) {
      bytes += chunk.length;
      sum = crc32(chunk, sum);
      open.expansion.add(chunk.length, path);
      if (bytes > entry.uncompressedSize) throw malformed('a file is longer than it says', path);
      yield chunk;
    }
    if (bytes < entry.uncompressedSize) throw malformed('a file is shorter than it says', path);
    if (sum !== entry.crc32) throw malformed('the checksum of a file is wrong', path);
  } catch (error) {
    throw faultOf(error, path);
  }
}

async function openContent({ zip, handle }: OpenZip, entry: Entry, path: string): Promise<AsyncIterable<Buffer>> {
  const header = await zip.readLocalFileHeaderPromise(entry);
  assertReadable(header.generalPurposeBitFlag, header.compressionMethod, path);
  // Tools that read from the front see another archive than those that read the directory.
  if (!header.fileName.equals(entry.fileNameRaw) || header.compressionMethod !== entry.compressionMethod) {
    throw malformed('a file and the directory disagree', path);
  }
  const packed = fileRange(handle, header.fileDataStart, header.fileDataStart + entry.compressedSize);
  return entry.compressionMethod === 0 ? packed : unpacked(packed, createInflateRaw());
}
