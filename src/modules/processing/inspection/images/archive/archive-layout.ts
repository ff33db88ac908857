export type ArchiveLayout = 'zip' | 'tar' | 'tar.gz';

/** Bytes that tell the layout: the magic of a tar lies near the end of its first block. */
export const LAYOUT_BYTES = 512;

const TAR_MAGIC_OFFSET = 257;
/** A file, the end of an archive without files, the mark of one that was meant to be split. */
const ZIP_MAGICS = ['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08'];

/** The layout by content; null: none that is known. What a gzip holds only shows when it is unpacked. */
export function layoutOf(head: Buffer): ArchiveLayout | null {
  if (ZIP_MAGICS.includes(head.toString('latin1', 0, 4))) return 'zip';
  if (head[0] === 0x1f && head[1] === 0x8b) return 'tar.gz';
  if (head.toString('latin1', TAR_MAGIC_OFFSET, TAR_MAGIC_OFFSET + 5) === 'ustar') return 'tar';
  return null;
}
