import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InspectionTask } from '../inspection.js';
import { declaredProblems, refuseNameless, targetIndex } from './check-columns.js';
import { asUtf8 } from './encoding.js';
import { jsonTexts, layoutOf, notRecords, type JsonLayout } from './json-records.js';
import { jsonToCsv } from './json-to-csv.js';
import { loadCsv } from './load-csv.js';
import type { Engine, EngineOn } from './open-engine.js';
import { ContentRejected, quoted, rejectAny, rejected } from './problems.js';
import { columnId, partOf, type Table } from './table.js';

/** Parsed as a whole only to say what is wrong with it. */
const LARGEST_EXPLAINED = 64 * 1024 * 1024;

/** Checks a JSON file and loads it: an array of objects, or an object in every line. */
export async function readJson(task: InspectionTask, engineOn: EngineOn): Promise<[Engine, Table]> {
  const { file, encoding } = await asUtf8(task, null);
  const layout = await layoutOf(file);
  const copy = join(task.scratch, 'records.csv');
  const { names, nested, rows } = await jsonToCsv(file, layout, copy, task).catch((error: unknown) =>
    explained(error, file, layout, task.bytes),
  );
  if (rows === 0) throw rejected('no_rows', 'The file has no records.');
  if (rows === 1 && layout === 'lines') await refuseWrapped(file, task.bytes);
  if (names.length === 0) throw notRecords(undefined, ' All objects are empty.');
  refuseNameless(names);
  rejectAny(declaredProblems(names, task));

  const engine = await engineOn(copy);
  const target = targetIndex(names, task);
  const csv = { file: copy, delimiter: ',', hasHeader: false, lineEnd: '\n', columns: names.length, rows };
  await loadCsv(engine, csv, target);
  const columns = names.map((name, index) => ({
    name,
    id: columnId(index),
    part: partOf(index),
    ...(nested.has(name) ? { kind: 'nested' as const } : {}),
  }));
  const readAs = { encoding, layout };
  const placesOf = (numbers: readonly number[]) => rowsOf(file, layout, numbers);
  return [engine, { rows, columns, target: columns[target] ?? null, readAs, commaIsFree: false, placesOf }];
}

async function rowsOf(file: string, layout: JsonLayout, numbers: readonly number[]): Promise<number[]> {
  if (layout === 'array') return numbers.map((number) => number + 1);
  const rows: number[] = [];
  let index = 0;
  for await (const { row } of jsonTexts(file, layout)) {
    if (numbers[rows.length] === index++) rows.push(row);
    if (rows.length === numbers.length) break;
  }
  return rows;
}

/** An object over many lines looks like malformed JSON lines, and is well-formed JSON. */
async function explained(error: unknown, file: string, layout: JsonLayout, bytes: number): Promise<never> {
  if (layout === 'lines' && error instanceof ContentRejected) await refuseWrapped(file, bytes, true);
  throw error;
}

/** `{ "data": [ … ] }`: one object that holds the records. */
async function refuseWrapped(file: string, bytes: number, any = false): Promise<void> {
  if (bytes > LARGEST_EXPLAINED) return;
  let whole: Record<string, unknown>;
  try {
    whole = JSON.parse((await readFile(file, 'utf8')).replace(/^\ufeff/, '')) as Record<string, unknown>;
  } catch {
    return;
  }
  const records = Object.keys(whole).find((name) => isRecords(whole[name]));
  if (records !== undefined)
    throw notRecords(undefined, ` It is one object; upload the array under ${quoted(records)}.`);
  if (any) throw notRecords(undefined, ' It is one object.');
}

function isRecords(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((item) => typeof item === 'object' && item !== null && !Array.isArray(item))
  );
}
