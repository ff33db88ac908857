import { createHash } from 'node:crypto';

import { ByteWindow } from './byte-window.js';
import { formatOf } from './image-format.js';
import { directoryOffset } from './tiff-directory.js';

/** Photographs carry thumbnails, colour profiles and histories before their dimensions. */
const HEAD_BYTES = 512 * 1024;
const DIRECTORY_BYTES = 64 * 1024;

/** What is kept of a file that was streamed by. */
export interface Glimpse {
  head: Buffer;
  /** TIFF only: from its first directory on. */
  directory: Buffer;
  bytes: number;
  /** SHA-256, one character a byte. */
  digest: string;
}

/** Reads `content` to its end. */
export async function glimpse(content: AsyncIterable<Buffer>): Promise<Glimpse> {
  const hash = createHash('sha256');
  const head = new ByteWindow(0, HEAD_BYTES);
  let directory: ByteWindow | null = null;
  let bytes = 0;
  for await (const chunk of content) {
    hash.update(chunk);
    head.add(chunk, bytes);
    directory ??= directoryWindow(head, bytes);
    directory?.add(chunk, bytes);
    bytes += chunk.length;
  }
  return {
    head: head.bytes(),
    directory: directory?.bytes() ?? Buffer.alloc(0),
    bytes,
    digest: hash.digest('binary'),
  };
}

const TIFF_HEADER_BYTES = 8;

/** Opened as soon as the header is there, which says where to look; the directory lies behind it. */
function directoryWindow(head: ByteWindow, before: number): ByteWindow | null {
  if (before >= TIFF_HEADER_BYTES) return null;
  const header = head.bytes().subarray(0, TIFF_HEADER_BYTES);
  if (header.length < TIFF_HEADER_BYTES || formatOf(header)?.format !== 'tiff') return null;
  return new ByteWindow(directoryOffset(header), DIRECTORY_BYTES);
}
