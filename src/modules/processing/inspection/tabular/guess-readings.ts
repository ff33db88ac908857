import type { ColumnKind } from '../../../datasets/profile/profile-type.js';
import type { Engine } from './open-engine.js';
import { GROUPED, MARKS, type Reading } from './readings.js';
import { batches, byPart, type Table, type TableColumn } from './table.js';

const SAMPLE_VALUES = 200;
/** Characters; what is longer is a text. */
const LONGEST_GUESSED = 64;
const COLUMNS_AT_ONCE = 50;

type Pattern = readonly [kind: ColumnKind, decimalComma: boolean, pattern: RegExp];

/** Numbers with so few others among them are taken for numbers first, so that the others are counted. */
const MOSTLY = 0.9;

const PATTERNS: readonly Pattern[] = [
  ['number', false, /^(?!0\d+$)([-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?|[-+]?(nan|inf(inity)?))$/i],
  [
    'number',
    true,
    new RegExp(String.raw`^(?!0\d+$)([-+]?(\d+(,\d*)?|,\d+)(e[-+]?\d+)?|${GROUPED}|[-+]?(nan|inf(inity)?))$`, 'i'),
  ],
  ['boolean', false, /^(true|false)$/i],
  ['date', false, /^\d{4}[-/]\d{1,2}[-/]\d{1,2}$/],
  ['timestamp', false, /^\d{4}[-/]\d{1,2}[-/]\d{1,2}([T ]\d{1,2}:\d{2}.*)?$/],
];

/** What the first values of every column look like; whether all values do is seen when they are measured. */
export async function guessReadings(engine: Engine, table: Table): Promise<Reading[]> {
  const texts = table.columns.filter(({ kind }) => kind === undefined);
  const first = await firstValues(engine, texts);
  const without = texts.filter(({ id }) => first.get(id)!.length === 0);
  const late = await laterValues(engine, table.rows > SAMPLE_VALUES ? without : []);
  return table.columns.map((column) => {
    if (column.kind !== undefined) return { column, kind: column.kind, decimalComma: false };
    return readingOf(column, late.get(column.id) ?? first.get(column.id)!, table.commaIsFree);
  });
}

/** What else a column may be that is not what it was taken for: so many values were not. */
export function secondGuess(reading: Reading, misfits: number, commaIsFree: boolean): Reading {
  const { kind, decimalComma, notNumeric = Infinity } = reading;
  const counted = kind === 'number' ? { notNumeric: Math.min(notNumeric, misfits) } : {};
  if (kind === 'number' && !decimalComma && commaIsFree) return { ...reading, ...counted, decimalComma: true };
  return { ...reading, ...counted, kind: kind === 'date' ? 'timestamp' : 'text', decimalComma: false };
}

async function firstValues(engine: Engine, columns: readonly TableColumn[]): Promise<Map<string, string[]>> {
  const values = new Map<string, string[]>();
  for (const [part, members] of byPart(columns)) {
    const ids = members.map(({ id }) => id);
    const rows = await engine.rows(`SELECT ${ids.join(', ')} FROM ${part} LIMIT ${SAMPLE_VALUES}`);
    for (const id of ids) values.set(id, present(rows.map((row) => row[id])));
  }
  return values;
}

async function laterValues(engine: Engine, columns: readonly TableColumn[]): Promise<Map<string, string[]>> {
  const values = new Map<string, string[]>();
  for (const batch of batches(columns, COLUMNS_AT_ONCE)) {
    const selects = batch.map(
      ({ id, part }) =>
        `SELECT '${id}' AS id, list(value) AS found FROM
          (SELECT ${id} AS value FROM ${part} WHERE ${id} IS NOT NULL LIMIT ${SAMPLE_VALUES})`,
    );
    const rows = await engine.rows(selects.join(' UNION ALL '));
    for (const { id, found } of rows) values.set(String(id), present((found ?? []) as unknown[]));
  }
  return values;
}

function present(values: readonly unknown[]): string[] {
  return values.filter((value): value is string => typeof value === 'string');
}

function readingOf(column: TableColumn, texts: readonly string[], commaIsFree: boolean): Reading {
  if (texts.length === 0) return { column, kind: 'empty', decimalComma: false };
  const trimmed = texts.map((text) => text.trim());
  const values = trimmed.filter((text) => !MARKS.includes(text.toUpperCase()));
  if (values.length === 0 && trimmed.some((text) => /^nan$/i.test(text)))
    return { column, kind: 'number', decimalComma: false };
  const fits = ([, decimalComma, pattern]: Pattern, share: number) =>
    (!decimalComma || commaIsFree) &&
    values.filter((value) => value.length <= LONGEST_GUESSED && pattern.test(value)).length >= share * values.length;
  const fitting =
    values.length === 0
      ? undefined
      : (PATTERNS.find((pattern) => fits(pattern, 1)) ??
        PATTERNS.find((pattern) => pattern[0] === 'number' && fits(pattern, MOSTLY)));
  const [kind = 'text', decimalComma = false] = fitting ?? [];
  return { column, kind, decimalComma };
}
