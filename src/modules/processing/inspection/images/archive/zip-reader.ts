import type { FileHandle } from 'node:fs/promises';

import { RandomAccessReader } from 'yauzl';

/** Reads for yauzl. Its own reader lets the process die of an offset, which is foreign data, that no file can have. */
export class ZipReader extends RandomAccessReader {
  constructor(
    private readonly handle: FileHandle,
    private readonly size: number,
  ) {
    super();
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    void this.fill(buffer, offset, length, position).then(() => callback(null), callback);
  }

  private async fill(buffer: Buffer, offset: number, length: number, position: number): Promise<void> {
    if (position + length > this.size) throw new Error('it points behind its end');
    const { bytesRead } = await this.handle.read(buffer, offset, length, position);
    if (bytesRead < length) throw new Error('it points behind its end');
  }
}
