import { open } from 'node:fs/promises';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import type { InspectionTask } from '../inspection.js';
import { rejected } from './problems.js';
import { transcode } from './transcode.js';
import { faultOfUtf8, type TextFault } from './utf8.js';

/** A text as UTF-8, and the encoding that it was in. */
export interface Utf8Text {
  file: string;
  encoding: string;
}

const MARKS: readonly [encoding: string, mark: Buffer][] = [
  ['utf-8', Buffer.from([0xef, 0xbb, 0xbf])],
  ['utf-32le', Buffer.from([0xff, 0xfe, 0, 0])],
  ['utf-32be', Buffer.from([0, 0, 0xfe, 0xff])],
  ['utf-16le', Buffer.from([0xff, 0xfe])],
  ['utf-16be', Buffer.from([0xfe, 0xff])],
];

/** What people upload by mistake where a text is expected. */
const FORMATS: readonly [name: string, magic: string][] = [
  ['compressed with gzip; unpack it first', '\x1f\x8b'],
  ['a zip archive, as Excel workbooks are too', 'PK\x03\x04'],
  ['a parquet file', 'PAR1'],
];

const UTF8 = /^(utf-?8|(us-)?ascii|unicode-1-1-utf-8)$/i;
/** What iconv-lite knows besides, and what no text is written in. */
const NO_CHARSET = /^(base64|hex|binary|utf-?7(-imap)?|internal.*)$/i;

/** A byte order mark outweighs what was declared. Without either: UTF-8, and where it is not, `fallback`. */
export async function asUtf8(task: InspectionTask, fallback: string | null): Promise<Utf8Text> {
  const { encoding: declared, file } = task;
  if (declared !== undefined && !isKnown(declared)) {
    const detail = `The encoding ${JSON.stringify(declared.slice(0, 60))} is not known. utf-8, utf-16 and windows-1252 are, among others.`;
    throw rejected('encoding_unknown', detail);
  }
  const marked = await markOf(file);
  const encoding = (marked ?? declared ?? 'utf-8').toLowerCase();
  if (!UTF8.test(encoding)) return { file: await transcoded(task, encoding), encoding };
  const fault = await faultOfUtf8(file);
  if (!fault) return { file, encoding: 'utf-8' };
  if (fault.code === 'encoding_invalid' && fallback && !marked && declared === undefined) {
    return { file: await transcoded(task, fallback), encoding: fallback };
  }
  throw rejected(fault.code, await detailOf(task.file, fault, encoding), { row: fault.row });
}

function isKnown(encoding: string): boolean {
  return UTF8.test(encoding) || (!NO_CHARSET.test(encoding) && iconv.encodingExists(encoding));
}

async function transcoded(task: InspectionTask, encoding: string): Promise<string> {
  const copy = join(task.scratch, 'utf8.txt');
  const fault = await transcode(task.file, copy, encoding);
  if (fault) throw rejected(fault.code, await detailOf(task.file, fault, encoding), { row: fault.row });
  return copy;
}

async function markOf(file: string): Promise<string | null> {
  const start = await startOf(file);
  return MARKS.find(([, mark]) => start.subarray(0, mark.length).equals(mark))?.[0] ?? null;
}

async function startOf(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function detailOf(file: string, { code, row }: TextFault, encoding: string): Promise<string> {
  const start = (await startOf(file)).toString('latin1');
  const format = FORMATS.find(([, magic]) => start.startsWith(magic))?.[0];
  if (format) return `The file is no text: it is ${format}.`;
  if (code === 'not_text') return `Line ${row} holds bytes that no text has; the file is of another format.`;
  return `Line ${row} holds bytes that are not ${encoding}. Declare metadata.encoding, or save the file as UTF-8.`;
}
