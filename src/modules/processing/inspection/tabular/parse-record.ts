import { LONGEST_NAME } from './check-columns.js';
import { malformed, notRecords, type JsonText } from './json-records.js';
import { namesOf } from './json-names.js';
import { quoted, rejected } from './problems.js';

export type JsonRecord = Record<string, unknown>;

/** Errors: `json_malformed`, `json_not_records`, `json_duplicate_name`. */
export function parseRecord({ text, row }: JsonText): JsonRecord {
  const value = parsed(text.replace(/^\ufeff/, ''), row);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    refuseRepeated(text, value as JsonRecord, row);
    return value as JsonRecord;
  }
  throw notRecords(row, ` Record ${row} is ${Array.isArray(value) ? 'an array' : 'a single value'}.`);
}

/** Of two values with one name, JSON.parse keeps the last without a word. */
function refuseRepeated(text: string, record: JsonRecord, row: number): void {
  let names = 0;
  for (const _ of namesOf(text)) names++;
  if (names === Object.keys(record).length) return;
  const seen = new Set<string>();
  for (const [start, end] of namesOf(text)) {
    const name = JSON.parse(text.slice(start, end)) as string;
    if (seen.has(name)) {
      const detail = `Record ${row} has ${quoted(name)} more than once.`;
      throw rejected('json_duplicate_name', detail, { row, column: name.slice(0, LONGEST_NAME) });
    }
    seen.add(name);
  }
}

function parsed(text: string, row: number): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    // V8 quotes the text around the fault.
    const reason = (error as Error).message.replace(/[\s\S]*is not valid JSON$/, 'it is not JSON').slice(0, 120);
    throw malformed(row, `Record ${row} cannot be read: ${reason}.`);
  }
}
