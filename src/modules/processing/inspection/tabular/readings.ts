import type { ColumnKind } from '../../../datasets/profile/profile-type.js';
import { literal } from './sql.js';
import type { TableColumn } from './table.js';

/** How the values of a column are understood. */
export interface Reading {
  column: TableColumn;
  kind: ColumnKind;
  /** Numbers are written 1,5. */
  decimalComma: boolean;
  /** Of a column of texts: so many values are no numbers, and the rest are. */
  notNumeric?: number;
}

/** What tools write for no value. Only between numbers, dates and booleans: in texts, NA may be Namibia. */
export const MARKS = ['NA', 'N/A', '#N/A', 'NULL', 'NONE', 'NAN', 'NAT'];

/** Where the comma is the decimal point, points may group thousands: 1.234.567,5. */
export const GROUPED = String.raw`[-+]?\d{1,3}(\.\d{3})+(,\d*)?`;

/** SQL: the column's value in its kind; NULL where it has none of that kind. */
export function valueSql({ column, kind, decimalComma }: Reading): string {
  if (kind === 'integer' || kind === 'number') return numberSql(column, decimalComma);
  if (kind === 'boolean') return booleanSql(column);
  if (kind === 'date') return dateSql(column);
  if (kind === 'timestamp') return timestampSql(column);
  return column.id;
}

/**
 * SQL: a hash that is the same for equal values alone; NULL where there is no value, or none that is finite. Whole
 * numbers beyond what a double tells apart are equal when they are written alike.
 */
export function keySql(reading: Reading, value = valueSql(reading)): string {
  const { id, kind: known } = reading.column;
  if (reading.kind !== 'integer' && reading.kind !== 'number')
    return `CASE WHEN ${value} IS NOT NULL THEN hash(${value}) END`;
  if (known === 'number') return `CASE WHEN isfinite(${value}) THEN hash(${value}) END`;
  return `CASE WHEN abs(${value}) < ${2 ** 53} THEN hash(${value}) WHEN isfinite(${value}) THEN hash(${id}) END`;
}

function numberSql({ id, kind }: TableColumn, decimalComma: boolean): string {
  if (kind !== undefined) return kind === 'boolean' ? 'NULL' : `TRY_CAST(${id} AS DOUBLE)`;
  // The engine reads 1_000 as a number; nothing else does.
  if (!decimalComma) return `TRY_CAST(CASE WHEN NOT contains(${id}, '_') THEN ${id} END AS DOUBLE)`;
  const whole = `CASE WHEN regexp_full_match(trim(${id}), '${GROUPED}') THEN replace(${id}, '.', '')
    WHEN NOT contains(${id}, '_') AND NOT contains(${id}, '.') THEN ${id} END`;
  return `TRY_CAST(replace(${whole}, ',', '.') AS DOUBLE)`;
}

function booleanSql({ id, kind }: TableColumn): string {
  if (kind !== undefined) return id;
  return `CASE lower(trim(${id})) WHEN 'true' THEN true WHEN 'false' THEN false END`;
}

function dateSql({ id, kind }: TableColumn): string {
  if (kind !== undefined) return `CASE WHEN isfinite(${id}) THEN ${id} END`;
  return `CASE WHEN length(trim(${id})) <= 10 AND ${beginsWithDigit(id)} THEN TRY_CAST(trim(${id}) AS DATE) END`;
}

/** In UTC, which is the engine's zone as well: a time without an offset is taken for one. */
function timestampSql({ id, kind }: TableColumn): string {
  if (kind !== undefined) return `CASE WHEN isfinite(${id}) THEN ${id} END`;
  return `CASE WHEN ${beginsWithDigit(id)} THEN CAST(TRY_CAST(trim(${id}) AS TIMESTAMPTZ) AS TIMESTAMP) END`;
}

/** The engine reads the words epoch and infinity as dates. */
function beginsWithDigit(id: string): string {
  return `ltrim(${id})[1] BETWEEN '0' AND '9'`;
}

function markSql({ id }: TableColumn): string {
  return `upper(trim(${id})) IN (${MARKS.map(literal).join(', ')})`;
}

/**
 * SQL: the value is there, and is nothing of the kind that the reading has for the column. 00501 is a code, and no
 * number: its zeros tell it from 501.
 */
export function misfitSql(reading: Reading, value = valueSql(reading)): string {
  const { id, kind } = reading.column;
  if (kind !== undefined) return 'false';
  const point = reading.decimalComma ? ',' : '.';
  const isCode = `(${id}[1] = '0' AND ${id}[2] BETWEEN '0' AND '9' AND NOT contains(${id}, '${point}'))`;
  const isNone = reading.kind === 'number' ? `(${value} IS NULL OR ${isCode})` : `${value} IS NULL`;
  return `${id} IS NOT NULL AND ${isNone} AND NOT ${markSql(reading.column)}`;
}
