import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { LONGEST_ROW_BYTES } from './csv-dialect.js';
import { rejected, type ContentRejected } from './problems.js';

/** One record's text; `row`: its number in an array, its line in JSON lines, from 1. */
export interface JsonText {
  text: string;
  row: number;
}

export type JsonLayout = 'array' | 'lines';

/** What JSON calls white space. */
const WHITE = [32, 10, 13, 9];
const LF = 10;
const QUOTE = 34;
const BACKSLASH = 92;
const COMMA = 44;
const OPENING = [91, 123];
const CLOSING = [93, 125];
const ARRAY_END = 93;

/** By the first character that is no white space. */
export async function layoutOf(file: string): Promise<JsonLayout> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(1 << 20), 0, 1 << 20, 0);
    const start = buffer
      .toString('utf8', 0, bytesRead)
      .replace(/^\ufeff/, '')
      .trimStart();
    if (start === '') throw rejected('file_empty', 'The file holds nothing.');
    if (start.startsWith('[')) return 'array';
    if (start.startsWith('{')) return 'lines';
    throw isScalar(start) ? notRecords() : malformed(1, 'The file does not begin with [ or {.');
  } finally {
    await handle.close();
  }
}

function isScalar(start: string): boolean {
  return /^("|-?\d|(true|false|null)\b)/.test(start);
}

export function notRecords(row?: number, hint = ''): ContentRejected {
  const detail = `The file needs to be an array of objects, or to have an object in every line.${hint}`;
  return rejected('json_not_records', detail, row === undefined ? {} : { row });
}

export function malformed(row: number, detail: string): ContentRejected {
  return rejected('json_malformed', detail, { row });
}

export function jsonTexts(file: string, layout: JsonLayout): AsyncGenerator<JsonText> {
  return layout === 'array' ? elements(file) : lines(file);
}

async function* lines(file: string): AsyncGenerator<JsonText> {
  let rest: Buffer = Buffer.alloc(0);
  let row = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    const bytes: Buffer = Buffer.concat([rest, chunk as Buffer]);
    let start = 0;
    for (let end = bytes.indexOf(LF, start); end >= 0; end = bytes.indexOf(LF, start)) {
      const text = bytes.toString('utf8', start, end);
      row++;
      start = end + 1;
      if (!isBlank(text)) yield { text, row };
    }
    rest = bytes.subarray(start);
    refuseTooLong(rest.length, row + 1);
  }
  const text = rest.toString('utf8');
  if (!isBlank(text)) yield { text, row: row + 1 };
}

function isBlank(text: string): boolean {
  return /^[\s\ufeff]*$/.test(text);
}

/** Splits an array without understanding its elements: whether they are JSON shows when they are parsed. */
async function* elements(file: string): AsyncGenerator<JsonText> {
  let bytes: Buffer = Buffer.alloc(0);
  let at = 0;
  let start = -1;
  let depth = 0;
  let inString = false;
  let escaped = false;
  let row = 0;
  let expects: 'array' | 'element' | 'element or end' | 'comma' | 'nothing' = 'array';
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    const keep = start < 0 ? at : start;
    bytes = Buffer.concat([bytes.subarray(keep), chunk as Buffer]);
    at -= keep;
    if (start > 0) start = 0;
    for (; at < bytes.length; at++) {
      const byte = bytes[at]!;
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) inString = false;
        continue;
      }
      if (start >= 0) {
        if (depth === 0 && (byte === COMMA || byte === ARRAY_END)) {
          yield { text: bytes.toString('utf8', start, at), row };
          start = -1;
          expects = byte === COMMA ? 'element' : 'nothing';
        } else if (byte === QUOTE) inString = true;
        else if (OPENING.includes(byte)) depth++;
        else if (CLOSING.includes(byte) && --depth < 0)
          throw malformed(row, `Record ${row} closes what it never opens.`);
        continue;
      }
      if (WHITE.includes(byte) || (expects === 'array' && byte > 0x7f)) continue;
      if (expects === 'array') expects = 'element or end';
      else if (expects === 'nothing') throw malformed(row, `Something follows the end of the array.`);
      else if (byte === ARRAY_END && expects === 'element or end') expects = 'nothing';
      else if (byte === COMMA || byte === ARRAY_END) throw malformed(row + 1, `Record ${row + 1} is missing.`);
      else {
        row++;
        start = at;
        if (byte === QUOTE) inString = true;
        else if (OPENING.includes(byte)) depth = 1;
      }
    }
    if (start >= 0) refuseTooLong(bytes.length - start, row);
  }
  if (expects !== 'nothing' || start >= 0)
    throw malformed(Math.max(row, 1), `The array is not closed: the file ends in record ${row}.`);
}

function refuseTooLong(bytes: number, row: number): void {
  if (bytes <= LONGEST_ROW_BYTES) return;
  throw rejected('line_too_long', `Record ${row} is longer than ${LONGEST_ROW_BYTES / 1024 / 1024} MiB.`, { row });
}
