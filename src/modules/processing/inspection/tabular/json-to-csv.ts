import { open, type FileHandle } from 'node:fs/promises';
import type { InspectionTask } from '../inspection.js';
import { refuseTooMany, refuseLongNames } from './check-columns.js';
import { jsonTexts, type JsonLayout } from './json-records.js';
import { parseRecord, type JsonRecord } from './parse-record.js';
import { rejected } from './problems.js';

/** Names of all records in the order in which they come first, and what was written. */
export interface JsonAsCsv {
  names: string[];
  /** Columns that hold an array or an object anywhere. */
  nested: Set<string>;
  rows: number;
}

/** Records without most of the names grow when they become rows; so much more than a few names cost is no data. */
export const MOST_EXPANSION = 200;
export const FREELY_EXPANDED = 64 << 20;

const FLUSHED_CHARACTERS = 1 << 20;

/**
 * Writes records as rows, so that the engine reads one format of text. Records that bring new names late are why it may
 * take two passes. Numbers keep the digits that a double has.
 */
export async function jsonToCsv(
  file: string,
  layout: JsonLayout,
  copy: string,
  task: Pick<InspectionTask, 'bytes' | 'limits'>,
): Promise<JsonAsCsv> {
  const first = await pass(file, layout, copy, task, []);
  if (first.names.length === first.written) return first;
  return pass(file, layout, copy, task, first.names);
}

async function pass(
  file: string,
  layout: JsonLayout,
  copy: string,
  { bytes, limits }: Pick<InspectionTask, 'bytes' | 'limits'>,
  known: readonly string[],
): Promise<JsonAsCsv & { written: number }> {
  const names = new Set(known);
  const nested = new Set<string>();
  let rows = 0;
  let written = names.size;
  const out = await open(copy, 'w');
  const write = writer(out, Math.min(limits.maxExpandedBytes, Math.max(FREELY_EXPANDED, MOST_EXPANSION * bytes)));
  try {
    for await (const text of jsonTexts(file, layout)) {
      const record = parseRecord(text);
      for (const name of Object.keys(record)) {
        if (!names.has(name)) refuseLongNames([name], { row: text.row });
        names.add(name);
        if (typeof record[name] === 'object' && record[name] !== null) nested.add(name);
      }
      refuseTooMany(names.size, limits.maxColumns);
      if (rows++ === 0) written = names.size;
      if (written === names.size) await write(line(record, names, text.row));
    }
    await write('', true);
  } finally {
    await out.close();
  }
  return { names: [...names], nested, rows, written };
}

function line(record: JsonRecord, names: ReadonlySet<string>, row: number): string {
  const cells: string[] = [];
  for (const name of names) cells.push(Object.hasOwn(record, name) ? cell(record[name], row) : '');
  // A row of one empty cell would be a blank line.
  return `${cells.length === 1 && cells[0] === '' ? '""' : cells.join(',')}\n`;
}

function cell(value: unknown, row: number): string {
  if (value === null) return '';
  if (typeof value === 'string') return inQuotes(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  try {
    return inQuotes(JSON.stringify(value));
  } catch {
    throw rejected('too_complex', `Record ${row} is nested too deeply.`, { row });
  }
}

function inQuotes(text: string): string {
  return `"${text.replaceAll('"', '""').replaceAll('\0', '\ufffd')}"`;
}

/** Records without the names that others have grow when they become rows. */
function writer(out: FileHandle, mostBytes: number): (text: string, all?: boolean) => Promise<void> {
  let waiting: string[] = [];
  let characters = 0;
  let bytes = 0;
  return async (text, all = false) => {
    waiting.push(text);
    characters += text.length;
    if (!all && characters < FLUSHED_CHARACTERS) return;
    const buffer = Buffer.from(waiting.join(''));
    bytes += buffer.length;
    if (bytes > mostBytes)
      throw rejected('expanded_too_large', `As a table, the content is larger than ${mostBytes} bytes.`);
    await out.writeFile(buffer);
    waiting = [];
    characters = 0;
  };
}
