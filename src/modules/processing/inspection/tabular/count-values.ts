import type { ValueCount } from '../../../datasets/profile/profile-type.js';
import { PREVIEW_CHARACTERS } from '../inspection.js';
import type { Engine } from './open-engine.js';
import { keySql, valueSql, type Reading } from './readings.js';
import { batches } from './table.js';

export interface CountedValues {
  distinct: number;
  /** The most frequent first, of equals the one that comes first. */
  top: ValueCount[];
}

const COLUMNS_AT_ONCE = 50;
/** With more rows, one column at a time: each keeps all its different values. */
const MANY_ROWS = 100_000;

/** Counts by a hash of 64 bits, which the engine can spill to disk, and fetches only the values that are asked for. */
export async function countValues(
  engine: Engine,
  rows: number,
  readings: readonly Reading[],
  most: number,
): Promise<Map<string, CountedValues>> {
  const counted = new Map<string, CountedValues>();
  for (const batch of batches(readings, rows > MANY_ROWS ? 1 : COLUMNS_AT_ONCE)) {
    const counts = await engine.rows(batch.map((reading, index) => countSql(reading, index, most)).join(' UNION ALL '));
    const tops = new Map(counts.map((row) => [Number(row['column']), (row['top'] ?? []) as Top[]]));
    const texts = await textsOf(engine, batch, tops);
    for (const row of counts) {
      const index = Number(row['column']);
      const top = tops.get(index)!.map(({ n, before }) => ({
        value: texts.get(`${index}/${-Number(before)}`)!,
        count: Number(n),
      }));
      counted.set(batch[index]!.column.id, { distinct: Number(row['different']), top });
    }
  }
  return counted;
}

interface Top {
  n: string;
  /** Minus the first row that has the value. */
  before: string;
}

function countSql(reading: Reading, index: number, most: number): string {
  return `SELECT ${index} AS column, count(*) AS different, max({ n: n, before: before }, ${most}) AS top FROM (
    SELECT count(*) AS n, -min(row) AS before FROM (SELECT row, ${keySql(reading, 'value')} AS key FROM (
      SELECT rowid AS row, ${reading.column.id}, ${valueSql(reading)} AS value FROM ${reading.column.part}))
    WHERE key IS NOT NULL GROUP BY key)`;
}

async function textsOf(
  engine: Engine,
  readings: readonly Reading[],
  tops: ReadonlyMap<number, Top[]>,
): Promise<Map<string, string>> {
  const selects = readings.flatMap(({ column, kind }, index) => {
    const rows = (tops.get(index) ?? []).map(({ before }) => -Number(before));
    const text = kind === 'boolean' ? `lower(trim(CAST(${column.id} AS VARCHAR)))` : `CAST(${column.id} AS VARCHAR)`;
    if (rows.length === 0) return [];
    return `SELECT ${index} AS column, rowid AS row, left(${text}, ${PREVIEW_CHARACTERS}) AS value
      FROM ${column.part} WHERE rowid IN (${rows.join(', ')})`;
  });
  if (selects.length === 0) return new Map();
  const found = await engine.rows(selects.join(' UNION ALL '));
  return new Map(found.map(({ column, row, value }) => [`${String(column)}/${String(row)}`, String(value)]));
}
