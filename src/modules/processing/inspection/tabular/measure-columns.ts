import type { ColumnKind, Quantiles } from '../../../datasets/profile/profile-type.js';
import type { Engine, Row } from './open-engine.js';
import { secondGuess } from './guess-readings.js';
import { keySql, misfitSql, valueSql, type Reading } from './readings.js';
import { batches, byPart, type Table } from './table.js';

/** What one pass over a column tells. */
export interface Measured {
  reading: Reading;
  missing: number;
  /** Numbers and nested values only; others are counted one by one. */
  distinct?: number;
  approximate: boolean;
  /** NaN and infinite values: of no use in training, and so missing as well. */
  notFinite: number;
  min?: number;
  max?: number;
  mean?: number;
  quantiles?: Quantiles;
  earliest?: string;
  latest?: string;
  shortest?: number;
  longest?: number;
}

/** Up to here, quantiles and different values are exact: they keep all values in memory. */
export const MOST_EXACT_ROWS = 100_000;
const EXACT_VALUES_AT_ONCE = 1_000_000;
const COLUMNS_AT_ONCE = { exact: 100, approximate: 25 };

/** Columns of which a value does not fit the guess are guessed and measured again; as texts, they fit. */
export async function measureColumns(engine: Engine, table: Table, readings: readonly Reading[]): Promise<Measured[]> {
  const measured = new Map<string, Measured>();
  let open = readings;
  while (open.length > 0) {
    const wrong: Reading[] = [];
    for (const [guess, row] of await measure(engine, table.rows, open)) {
      const misfits = Number(row['misfits'] ?? 0);
      if (misfits > 0) wrong.push(secondGuess(guess, misfits, table.commaIsFree));
      else measured.set(guess.column.id, measuredOf(guess, row, table.rows));
    }
    open = wrong;
  }
  return table.columns.map(({ id }) => measured.get(id)!);
}

async function measure(engine: Engine, rows: number, readings: readonly Reading[]): Promise<[Reading, Row][]> {
  const measured: [Reading, Row][] = [];
  const exact = rows <= MOST_EXACT_ROWS;
  const size = exact
    ? Math.min(COLUMNS_AT_ONCE.exact, Math.max(1, Math.floor(EXACT_VALUES_AT_ONCE / rows)))
    : COLUMNS_AT_ONCE.approximate;
  const readingOf = new Map(readings.map((reading) => [reading.column, reading]));
  for (const [part, columns] of byPart(readingOf.keys())) {
    for (const batch of batches(columns, size)) {
      const members = batch.map((column) => readingOf.get(column)!);
      const [row] = await engine.rows(measuresSql(part, members, exact));
      for (const reading of members) measured.push([reading, row![reading.column.id] as Row]);
    }
  }
  return measured;
}

export function isNumeric(kind: ColumnKind): boolean {
  return kind === 'integer' || kind === 'number';
}

/** For a column c: v_c is its value, f_c the same where finite. */
function measuresSql(part: string, readings: readonly Reading[], exact: boolean): string {
  const values = readings.map((reading) => `${reading.column.id}, ${valueSql(reading)} AS v_${reading.column.id}`);
  const finite = readings
    .filter(({ kind }) => isNumeric(kind))
    .map(({ column: { id } }) => `, CASE WHEN isfinite(v_${id}) THEN v_${id} END AS f_${id}`);
  const measures = readings.map((reading) => `{ ${fieldsSql(reading, exact).join(', ')} } AS ${reading.column.id}`);
  return `SELECT ${measures.join(', ')} FROM (SELECT *${finite.join('')} FROM (SELECT ${values.join(', ')} FROM ${part}))`;
}

function fieldsSql(reading: Reading, exact: boolean): string[] {
  const { column, kind } = reading;
  const { id } = column;
  const value = `v_${id}`;
  const misfits = `misfits: count(CASE WHEN ${misfitSql(reading, value)} THEN 1 END)`;
  if (isNumeric(kind)) return [misfits, ...numberFields(reading, exact)];
  if (kind === 'date' || kind === 'timestamp') {
    return [
      misfits,
      `valued: count(${value})`,
      `low: CAST(min(${value}) AS VARCHAR)`,
      `high: CAST(max(${value}) AS VARCHAR)`,
    ];
  }
  if (kind === 'text') return [misfits, `valued: count(${id})`, `low: min(length(${id}))`, `high: max(length(${id}))`];
  if (kind === 'nested') return [`valued: count(${id})`, `different: approx_count_distinct(${id})`];
  return [misfits, `valued: count(${value})`];
}

function numberFields(reading: Reading, exact: boolean): string[] {
  const { id, kind } = reading.column;
  const finite = `f_${id}`;
  const quantile = exact ? 'quantile_cont' : 'approx_quantile';
  const different = keySql(reading, `v_${id}`);
  const written = ['.', ',', 'e', 'E'].map((mark) => `contains(${id}, '${mark}')`).join(' OR ');
  return [
    `valued: count(${finite})`,
    `infinite: count(v_${id}) - count(${finite})`,
    `fractions: ${kind === undefined ? `count(CASE WHEN ${finite} IS NOT NULL AND (${written}) THEN 1 END)` : '0'}`,
    `low: min(${finite})`,
    `high: max(${finite})`,
    `mean: avg(${finite})`,
    `different: ${exact ? `list_unique(list(${different}))` : `approx_count_distinct(${different})`}`,
    `quantiles: ${quantile}(${finite}, [0.05, 0.25, 0.5, 0.75, 0.95])`,
  ];
}

function measuredOf(guess: Reading, row: Row, rows: number): Measured {
  const valued = Number(row['valued']);
  const kind = kindOf(guess, row, valued);
  const common = {
    reading: { ...guess, kind },
    missing: rows - valued,
    notFinite: Number(row['infinite'] ?? 0),
    approximate: kind === 'nested' || (isNumeric(kind) && rows > MOST_EXACT_ROWS),
  };
  const different = Math.min(Number(row['different']), valued);
  if (kind === 'nested') return { ...common, distinct: different };
  if (isNumeric(kind)) return { ...common, distinct: different, ...numbersOf(row) };
  if (kind === 'date') return { ...common, earliest: String(row['low']), latest: String(row['high']) };
  if (kind === 'timestamp') return { ...common, earliest: iso(row['low']), latest: iso(row['high']) };
  if (kind === 'text') return { ...common, shortest: Number(row['low']), longest: Number(row['high']) };
  return common;
}

/** A column of nothing but NaN is one of numbers, and has no value. */
function kindOf({ kind, column }: Reading, row: Row, valued: number): ColumnKind {
  if (valued === 0 && kind !== 'nested') return 'empty';
  if (kind !== 'number' || column.kind !== undefined) return kind;
  return Number(row['fractions']) === 0 ? 'integer' : 'number';
}

function numbersOf(row: Row): Partial<Measured> {
  const quantiles = (row['quantiles'] as unknown[] | null)?.map(Number);
  const [p05, p25, p50, p75, p95] = quantiles ?? [];
  const mean = Number(row['mean']);
  return {
    min: Number(row['low']),
    max: Number(row['high']),
    ...(Number.isFinite(mean) ? { mean } : {}),
    ...(quantiles?.length === 5 && quantiles.every(Number.isFinite)
      ? { quantiles: { p05: p05!, p25: p25!, p50: p50!, p75: p75!, p95: p95! } }
      : {}),
  };
}

function iso(timestamp: unknown): string {
  return String(timestamp).replace(' ', 'T');
}
