import type { FileHandle } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';

import { assertRatio, type Expansion } from './expansion.js';
import { fileRange } from './file-range.js';
import { unpacked } from './unpacked.js';

/** The bytes of a tar, out of a gzip where it lies in one, counted. */
export async function* tarBytes(handle: FileHandle, zipped: boolean, expansion: Expansion): AsyncGenerator<Buffer> {
  const gunzip = zipped ? createGunzip() : null;
  const file = fileRange(handle, 0, Number.MAX_SAFE_INTEGER);
  let bytes = 0;
  for await (const chunk of gunzip ? unpacked(file, gunzip) : file) {
    bytes += chunk.length;
    expansion.add(chunk.length);
    if (gunzip) assertRatio(bytes, gunzip.bytesWritten);
    yield chunk;
  }
}
