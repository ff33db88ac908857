import { malformed, notRecords, type JsonText } from './json-records.js';

export type JsonRecord = Record<string, unknown>;

/** Errors: `json_malformed`, `json_not_records`. */
export function parseRecord({ text, row }: JsonText): JsonRecord {
  const value = parsed(text.replace(/^\ufeff/, ''), row);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonRecord;
  throw notRecords(row, ` Record ${row} is ${Array.isArray(value) ? 'an array' : 'a single value'}.`);
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
