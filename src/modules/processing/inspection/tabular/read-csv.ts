import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { InspectionTask } from '../inspection.js';
import { declaredProblems, headerProblems, refuseTooMany, refuseLongNames, targetIndex } from './check-columns.js';
import type { CsvDialect } from './csv-dialect.js';
import { firstRecords } from './csv-records.js';
import { asUtf8 } from './encoding.js';
import { loadCsv } from './load-csv.js';
import type { Engine, EngineOn } from './open-engine.js';
import { quoted, rejectAny, rejected } from './problems.js';
import { linesOf, rewriteCsv, scanCsv, type CsvSource } from './scan-csv.js';
import { sniffDelimiter, sniffHeader } from './sniff.js';
import { columnId, partOf, type Table } from './table.js';

const SAMPLE_BYTES = 4 * 1024 * 1024;

/** Checks the shape of a csv file and loads it. */
export async function readCsv(task: InspectionTask, engineOn: EngineOn): Promise<[Engine, Table]> {
  const { file, encoding } = await asUtf8(task, 'windows-1252');
  const { source, sample, whole } = await sampleOf(file);
  const dialect = dialectOf(task, sample, whole);
  const first = firstRecords(sample, dialect.delimiter, 1, whole)[0];
  if (!first) throw rejected('file_empty', 'The file holds nothing.');
  refuseTooMany(first.length, task.limits.maxColumns);
  if (task.delimiter !== undefined && first.length === 1) refuseWrongDelimiter(dialect, sample, whole);
  const names = dialect.hasHeader ? first.map((name) => name.trim()) : first.map((_, index) => `column_${index + 1}`);
  refuseLongNames(names, { row: 1 });
  const scan = await scanCsv(source, dialect, names);
  // What cannot be told apart in the first row makes no names to compare.
  if (scan.records === 0) rejectAny(scan.problems);
  const [headerLine] = await linesOf(source, dialect, [0]);
  const header = dialect.hasHeader ? headerProblems(names, headerLine ?? 1) : [];
  rejectAny([...declaredProblems(names, task), ...header, ...scan.problems]);
  const skipped = dialect.hasHeader ? 1 : 0;
  const rows = scan.records - skipped;
  if (rows === 0) throw rejected('no_rows', 'The file has a header and no rows.');

  const regular = scan.lineEnd !== null;
  const loaded = regular ? file : join(task.scratch, 'regular.csv');
  if (!regular) await rewriteCsv(source, dialect, loaded);
  const engine = await engineOn(loaded);
  const target = targetIndex(names, task);
  await loadCsv(
    engine,
    { ...dialect, file: loaded, lineEnd: scan.lineEnd ?? '\n', columns: names.length, rows },
    target,
  );
  const columns = names.map((name, index) => ({ name, id: columnId(index), part: partOf(index) }));
  const readAs = { encoding, ...dialect };
  const placesOf = (numbers: readonly number[]) =>
    linesOf(
      source,
      dialect,
      numbers.map((number) => number + skipped),
    );
  return [
    engine,
    { rows, columns, target: columns[target] ?? null, readAs, commaIsFree: dialect.delimiter !== ',', placesOf },
  ];
}

async function sampleOf(file: string): Promise<{ source: CsvSource; sample: string; whole: boolean }> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(SAMPLE_BYTES), 0, SAMPLE_BYTES, 0);
    const start = buffer.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) ? 3 : 0;
    return {
      source: { file, start },
      sample: buffer.toString('utf8', start, bytesRead),
      whole: bytesRead < SAMPLE_BYTES,
    };
  } finally {
    await handle.close();
  }
}

function dialectOf(task: InspectionTask, sample: string, whole: boolean): CsvDialect {
  const delimiter = task.delimiter === undefined ? sniffDelimiter(sample, whole) : declared(task.delimiter);
  const first = firstRecords(sample, delimiter, 1, whole)[0] ?? [];
  const names = [...(task.features ?? []), ...(task.targetColumn === null ? [] : [task.targetColumn])];
  return { delimiter, hasHeader: task.hasHeader ?? sniffHeader(first, names) };
}

/** The declared one splits nothing, and another would. */
function refuseWrongDelimiter({ delimiter }: CsvDialect, sample: string, whole: boolean): void {
  const better = sniffDelimiter(sample, whole);
  const columns = firstRecords(sample, better, 1, whole)[0]?.length ?? 0;
  if (columns < 2) return;
  const named = (it: string) => (it === '\t' ? 'a tab' : quoted(it));
  const detail = `Split at ${named(delimiter)}, as declared, the content has one column; split at ${named(better)} it has ${columns}. Change metadata.delimiter, or leave it out.`;
  throw rejected('delimiter_wrong', detail);
}

/** \t is how a tab is written where none can be typed. */
function declared(delimiter: string): string {
  const character = delimiter === '\\t' ? '\t' : delimiter;
  if (/^[\t\u0020-\u007e]$/.test(character) && !/["\w\\]/.test(character)) return character;
  const detail =
    'The delimiter needs to be one ASCII character that is no quote, backslash, letter, digit or underscore.';
  throw rejected('delimiter_invalid', detail);
}
