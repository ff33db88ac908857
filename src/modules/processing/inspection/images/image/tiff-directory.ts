import type { Dimensions } from './dimensions.js';

const WIDTH = 256;
const HEIGHT = 257;
const SHORT = 3;
const LONG = 4;
const ENTRY_BYTES = 12;

/** Where the first directory of a TIFF begins, which holds its dimensions and often lies at its end. */
export function directoryOffset(head: Buffer): number {
  return isBigEndian(head) ? head.readUInt32BE(4) : head.readUInt32LE(4);
}

/** Throws where the directory is cut short or lacks the dimensions. Source: TIFF 6.0, section 2. */
export function tiffDimensions(head: Buffer, directory: Buffer): Dimensions {
  const view = new DataView(directory.buffer, directory.byteOffset, directory.length);
  const little = !isBigEndian(head);
  const found = new Map<number, number>();
  const entries = view.getUint16(0, little);
  for (let offset = 2; offset < 2 + entries * ENTRY_BYTES && found.size < 2; offset += ENTRY_BYTES) {
    const tag = view.getUint16(offset, little);
    if (tag !== WIDTH && tag !== HEIGHT) continue;
    const type = view.getUint16(offset + 2, little);
    if (type === SHORT) found.set(tag, view.getUint16(offset + 8, little));
    if (type === LONG) found.set(tag, view.getUint32(offset + 8, little));
  }
  return { width: found.get(WIDTH) ?? 0, height: found.get(HEIGHT) ?? 0 };
}

function isBigEndian(head: Buffer): boolean {
  return head[0] === 0x4d;
}
