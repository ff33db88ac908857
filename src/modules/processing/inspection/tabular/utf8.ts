import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { lineAt } from './line-at.js';

export interface TextFault {
  code: 'not_text' | 'encoding_invalid';
  row: number;
}

const LONGEST_CHARACTER = 4;

/** What keeps a file from being text in UTF-8: the first such place; null where nothing does. */
export async function faultOfUtf8(file: string): Promise<TextFault | null> {
  let offset = 0;
  let rest: Buffer = Buffer.alloc(0);
  for await (const read of createReadStream(file, { highWaterMark: 1 << 20 })) {
    const chunk = rest.length === 0 ? (read as Buffer) : Buffer.concat([rest, read as Buffer]);
    const whole = endOfWholeCharacters(chunk);
    const fault = await faultIn(file, chunk.subarray(0, whole), offset);
    if (fault) return fault;
    rest = chunk.subarray(whole);
    offset += whole;
  }
  return faultIn(file, rest, offset);
}

async function faultIn(file: string, bytes: Buffer, offset: number): Promise<TextFault | null> {
  const nul = bytes.indexOf(0);
  const invalid = isUtf8(bytes) ? -1 : firstInvalid(bytes);
  if (nul < 0 && invalid < 0) return null;
  // A binary file often has both in its first kilobytes: it is no text then, whichever comes first.
  if (nul >= 0) return { code: 'not_text', row: await lineAt(file, offset + nul) };
  return { code: 'encoding_invalid', row: await lineAt(file, offset + invalid) };
}

/** Where the last character begins if it is not whole, else the end. */
function endOfWholeCharacters(bytes: Buffer): number {
  for (let back = 1; back < LONGEST_CHARACTER && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte >= 0xc0) return lengthFrom(byte) > back ? bytes.length - back : bytes.length;
    if (byte < 0x80) break;
  }
  return bytes.length;
}

function lengthFrom(lead: number): number {
  if (lead >= 0xf0) return 4;
  return lead >= 0xe0 ? 3 : 2;
}

/** Start of a stretch of at most 64 bytes that holds the first invalid one. */
function firstInvalid(bytes: Buffer): number {
  let start = 0;
  while (start < bytes.length) {
    let end = Math.min(start + 64, bytes.length);
    while (end < bytes.length && end < start + 64 + LONGEST_CHARACTER && (bytes[end]! & 0xc0) === 0x80) end++;
    if (!isUtf8(bytes.subarray(start, end))) break;
    start = end;
  }
  for (let at = start; at < bytes.length; at++) {
    if (bytes[at]! < 0x80) continue;
    const end = Math.min(at + lengthFrom(bytes[at]!), bytes.length);
    if (!isUtf8(bytes.subarray(at, end))) return at;
    at = end - 1;
  }
  return start;
}
