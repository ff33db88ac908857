import { pipeline, Readable } from 'node:stream';
import type { Gunzip, InflateRaw } from 'node:zlib';

/** Sends bytes through a decompressor. What either side throws is thrown here. */
export function unpacked(packed: AsyncIterable<Buffer>, decompressor: Gunzip | InflateRaw): AsyncIterable<Buffer> {
  // Whoever iterates gets the error; the callback keeps it from being thrown a second time.
  pipeline(Readable.from(packed, { objectMode: false }), decompressor, () => {});
  return decompressor;
}
