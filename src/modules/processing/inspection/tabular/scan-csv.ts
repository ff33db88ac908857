import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { MOST_PROBLEMS, type ContentProblem } from '../inspection.js';
import { CsvScanner, type QuoteFault, type ScannedRecord } from './csv-scanner.js';
import { LONGEST_ROW_BYTES, type CsvDialect } from './csv-dialect.js';

/** A text in UTF-8, and where it begins behind a byte order mark. */
export interface CsvSource {
  file: string;
  start: number;
}

export interface CsvScan {
  /** Blank lines not counted, the header is. */
  records: number;
  problems: ContentProblem[];
  /** What ends every line; null: the engine can only read the content rewritten. */
  lineEnd: string | null;
}

/** Looks at the shape of all rows: a row is to have a field for each of `names`. */
export async function scanCsv(source: CsvSource, dialect: CsvDialect, names: readonly string[]): Promise<CsvScan> {
  const problems: ContentProblem[] = [];
  const scanner = new CsvScanner(dialect.delimiter.charCodeAt(0), (record) => {
    if (record.fields !== names.length) problems.push(misfit(record, names));
    return problems.length < MOST_PROBLEMS;
  });
  await feed(source, scanner);
  // A fault in the first row leaves nothing to name columns by.
  if (scanner.fault) problems.push(faultOf(scanner.fault, scanner.records === 0 ? [] : names));
  const used = Object.entries(scanner.lineEnds).filter(([, count]) => count > 0);
  const uniform = used.length <= 1 && !scanner.irregular;
  return { records: scanner.records, problems, lineEnd: uniform ? (used[0]?.[0] ?? '\n') : null };
}

/** The same content as the engine reads it without fail. */
export async function rewriteCsv(source: CsvSource, dialect: CsvDialect, copy: string): Promise<void> {
  const out = await open(copy, 'w');
  try {
    let waiting: Buffer[] = [];
    const scanner = new CsvScanner(
      dialect.delimiter.charCodeAt(0),
      () => undefined,
      (bytes) => void waiting.push(bytes),
    );
    const flush = async () => {
      const bytes = Buffer.concat(waiting);
      waiting = [];
      await out.writeFile(bytes);
    };
    await feed(source, scanner, flush);
    await flush();
  } finally {
    await out.close();
  }
}

/** The lines where these records begin (from 0, ascending, the header is one). */
export async function linesOf(source: CsvSource, dialect: CsvDialect, records: readonly number[]): Promise<number[]> {
  const lines: number[] = [];
  let index = 0;
  const scanner = new CsvScanner(dialect.delimiter.charCodeAt(0), ({ line }) => {
    if (records[lines.length] === index++) lines.push(line);
    return lines.length < records.length;
  });
  if (records.length > 0) await feed(source, scanner);
  return lines;
}

async function feed({ file, start }: CsvSource, scanner: CsvScanner, each?: () => Promise<void>): Promise<void> {
  for await (const chunk of createReadStream(file, { start, highWaterMark: 1 << 20 })) {
    if (!scanner.feed(chunk as Buffer)) return;
    await each?.();
  }
  scanner.end();
}

function misfit({ line, fields }: ScannedRecord, names: readonly string[]): ContentProblem {
  const expected = `${names.length} ${names.length === 1 ? 'column' : 'columns'}`;
  const detail = `Line ${line} has ${fields} of ${expected}.`;
  if (fields < names.length) return { code: 'row_too_short', detail, row: line, column: names[fields]! };
  return {
    code: 'row_too_long',
    detail: `Line ${line} has ${fields} values for ${expected}. Values that hold the delimiter need quotes.`,
    row: line,
  };
}

function faultOf({ code, line, field }: QuoteFault, names: readonly string[]): ContentProblem {
  const column = code === 'line_too_long' ? undefined : names[field];
  const mebibytes = LONGEST_ROW_BYTES / 1024 / 1024;
  const detail = {
    quote_unterminated: `A value in line ${line} opens a quote that is never closed.`,
    quote_misplaced: `A value in line ${line} goes on after its closing quote. A quote within quotes is written twice.`,
    line_too_long: `The row at line ${line} is longer than ${mebibytes} MiB.`,
  }[code];
  return { code, detail, row: line, ...(column === undefined ? {} : { column }) };
}
