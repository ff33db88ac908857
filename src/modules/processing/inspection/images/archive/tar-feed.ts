import type { Extract } from 'tar-stream';

import { malformed } from './archive-fault.js';

const BLOCK_BYTES = 512;

/**
 * Feeds a tar to its reader, chunk by chunk as entries are read, so that what is wrong further on strikes only there.
 * Never rejects: the reader is destroyed with what went wrong.
 */
export async function feed(bytes: AsyncIterable<Buffer>, reader: Extract): Promise<void> {
  let zeros = 0;
  try {
    for await (const chunk of bytes) {
      zeros = zerosAtEnd(chunk, zeros);
      if (!reader.write(chunk) && !reader.destroying) await drained(reader);
      if (reader.destroying) return;
    }
    // The reader is content with any end between two entries; an archive that was cut there lacks the mark of its end.
    if (zeros < BLOCK_BYTES) throw malformed('the mark of its end is missing');
    reader.end(null);
  } catch (error) {
    reader.destroy(error as Error);
  }
}

function zerosAtEnd(chunk: Buffer, before: number): number {
  const most = Math.min(chunk.length, BLOCK_BYTES);
  let zeros = 0;
  while (zeros < most && chunk[chunk.length - 1 - zeros] === 0) zeros++;
  return zeros === chunk.length ? before + zeros : zeros;
}

function drained(reader: Extract): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      reader.off('drain', done).off('close', done);
      resolve();
    };
    reader.on('drain', done).on('close', done);
  });
}
