import { buffer } from 'node:stream/consumers';

import { type Header, pack } from 'tar-stream';

export interface TarEntrySpec extends Partial<Omit<Header, 'size'>> {
  name: string;
  content?: Buffer;
}

export function tar(entries: TarEntrySpec[]): Promise<Buffer> {
  const packed = pack();
  for (const { content, ...header } of entries) packed.entry(header, content ?? Buffer.alloc(0));
  packed.finalize();
  return buffer(packed as AsyncIterable<Uint8Array>);
}

/** Of files by path. */
export function tarOf(files: Record<string, Buffer>): Promise<Buffer> {
  return tar(Object.entries(files).map(([name, content]) => ({ name, content })));
}

/** Changes the header of a tar's first entry, and its checksum with it. */
export function withHeader(archive: Buffer, offset: number, text: string): Buffer {
  const changed = Buffer.from(archive);
  changed.write(text, offset, 'latin1');
  changed.fill(' ', 148, 156);
  const sum = changed.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  changed.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return changed;
}
