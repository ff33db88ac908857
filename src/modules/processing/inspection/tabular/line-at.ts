import { createReadStream } from 'node:fs';

const LF = 10;
const CR = 13;

/** The line, from 1, that holds the byte at `offset`; \n, \r\n and \r end lines. */
export async function lineAt(file: string, offset: number): Promise<number> {
  let line = 1;
  let previous = 0;
  if (offset === 0) return line;
  for await (const chunk of createReadStream(file, { end: offset - 1 })) {
    for (const byte of chunk as Buffer) {
      if (byte === CR || (byte === LF && previous !== CR)) line++;
      previous = byte;
    }
  }
  return line;
}
