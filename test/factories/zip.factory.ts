import { crc32, deflateRawSync } from 'node:zlib';

/** A file of a zip; everything past `content` says something else than what is there. */
export interface ZipFileSpec {
  path: string | Buffer;
  content?: Buffer;
  /** Left out: deflated. */
  stored?: boolean;
  /** Content that is deflated already. */
  deflated?: { bytes: Buffer; length: number; crc: number };
  /** As the file's own header has it, where the directory says otherwise. */
  localPath?: string;
  flags?: number;
  method?: number;
  crc?: number;
  uncompressedSize?: number;
  compressedSize?: number;
  /** With the type of the file, as Unix has it. */
  mode?: number;
  extra?: Buffer;
}

export interface ZipOptions {
  /** Files that the end of the directory counts. */
  count?: number;
  disk?: number;
  /** Between the directory and its end: where further parts of the format have their place. */
  beforeEnd?: Buffer;
}

const UTF8 = 0x800;
const UNIX = 3;

/** A zip as told, which may be none that any tool would write. Source: APPNOTE.TXT 6.3.10, section 4.3. */
export function zip(files: ZipFileSpec[], { count = files.length, disk = 0, beforeEnd }: ZipOptions = {}): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const { local, central } = encoded(file, offset);
    parts.push(...local);
    directory.push(...central);
    offset += lengthOf(local);
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(disk, 4);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(lengthOf(directory), 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, beforeEnd ?? Buffer.alloc(0), end]);
}

/** Deflated, of files by path. */
export function zipOf(files: Record<string, Buffer>): Buffer {
  return zip(Object.entries(files).map(([path, content]) => ({ path, content })));
}

/** Points to a directory of the larger kind at an offset of eight bytes. */
export function zip64Locator(offset: bigint): Buffer {
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(offset, 8);
  return locator;
}

function encoded(file: ZipFileSpec, offset: number): { local: Buffer[]; central: Buffer[] } {
  const content = file.content ?? Buffer.alloc(0);
  const data = file.deflated?.bytes ?? (file.stored ? content : deflateRawSync(content));
  const path = Buffer.from(file.path);
  const localPath = Buffer.from(file.localPath ?? path);
  const extra = file.extra ?? Buffer.alloc(0);

  // The fields that both headers share, from the version needed to the lengths of the path and the extra field.
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(file.flags ?? UTF8, 2);
  fields.writeUInt16LE(file.method ?? (file.stored ? 0 : 8), 4);
  fields.writeUInt32LE(file.crc ?? file.deflated?.crc ?? crc32(content), 10);
  fields.writeUInt32LE(file.compressedSize ?? data.length, 14);
  fields.writeUInt32LE(file.uncompressedSize ?? file.deflated?.length ?? content.length, 18);
  fields.writeUInt16LE(path.length, 22);
  fields.writeUInt16LE(extra.length, 24);
  const localFields = Buffer.from(fields);
  localFields.writeUInt16LE(localPath.length, 22);
  localFields.writeUInt16LE(0, 24);

  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(((file.mode ?? 0o100644) << 16) >>> 0, 6);
  rest.writeUInt32LE(offset, 10);
  return {
    local: [Buffer.from('PK\x03\x04', 'latin1'), localFields, localPath, data],
    central: [Buffer.from([0x50, 0x4b, 1, 2, 20, UNIX]), fields, rest, path, extra],
  };
}

function lengthOf(buffers: Buffer[]): number {
  return buffers.reduce((sum, { length }) => sum + length, 0);
}
