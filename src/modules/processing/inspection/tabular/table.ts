import type { ColumnKind, DatasetProfile } from '../../../datasets/profile/profile-type.js';

/** What a column is called in the content, and in the engine, where hostile names must not go. */
export interface TableColumn {
  name: string;
  /** Its name in `part`. */
  id: string;
  /** The engine's table that holds it: wide content is spread over several, as the engine's memory rises with columns. */
  part: string;
  /** Known from the format; absent where all values are texts, and their kind is to be found out. */
  kind?: ColumnKind;
}

/** Content in the engine: every value can be read, and what it means is not known yet. */
export interface Table {
  rows: number;
  columns: TableColumn[];
  target: TableColumn | null;
  readAs: DatasetProfile['readAs'];
  /** Numbers with a decimal comma are to be expected. */
  commaIsFree: boolean;
  /** Where an editor shows the rows of these numbers (from 0, ascending). */
  placesOf(rows: readonly number[]): Promise<number[]>;
}

export const COLUMNS_PER_PART = 500;

/** Parts of at most so many columns; the target is in all of them, for it is compared with every column. */
export function parts(count: number, target: number): { name: string; indices: number[] }[] {
  const all = Array.from({ length: count }, (_, index) => index);
  return batches(all, COLUMNS_PER_PART).map((indices, part) => ({
    name: `part${part}`,
    indices: target < 0 || indices.includes(target) ? indices : [...indices, target],
  }));
}

export function columnId(index: number): string {
  return `c${index}`;
}

export function partOf(index: number): string {
  return `part${Math.floor(index / COLUMNS_PER_PART)}`;
}

export function batches<T>(items: readonly T[], size: number): T[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, batch) => items.slice(batch * size, (batch + 1) * size));
}

export function byPart(columns: Iterable<TableColumn>): Map<string, TableColumn[]> {
  const groups = new Map<string, TableColumn[]>();
  for (const column of columns) {
    const group = groups.get(column.part);
    if (group) group.push(column);
    else groups.set(column.part, [column]);
  }
  return groups;
}
