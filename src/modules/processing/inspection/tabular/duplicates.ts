import type { Engine } from './open-engine.js';
import { COLUMNS_PER_PART, type Table } from './table.js';

/** All different rows are kept in memory, as a hash of 64 bits each. */
const MOST_ROWS = 2_000_000;

/** Rows that repeat an earlier one; undefined with more than two million rows or 500 columns, which are not compared. */
export async function countDuplicates(engine: Engine, { rows, columns }: Table): Promise<number | undefined> {
  if (rows > MOST_ROWS || columns.length > COLUMNS_PER_PART) return undefined;
  const values = columns.map(({ id }) => id).join(', ');
  const [row] = await engine.rows(`SELECT count(DISTINCT hash(${values})) AS different FROM ${columns[0]!.part}`);
  return rows - Number(row!['different']);
}
