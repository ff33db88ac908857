import type { Histogram } from '../../../datasets/profile/profile-type.js';
import { isNumeric, type Measured } from './measure-columns.js';
import type { Engine, Row } from './open-engine.js';
import { valueSql, type Reading } from './readings.js';
import { double } from './sql.js';
import { batches, byPart } from './table.js';

/** What takes a second pass, as it needs the range and the mean. */
export interface Distribution {
  standardDeviation?: number;
  histogram?: Histogram;
  /** With the target (Pearson), where that is a number. */
  correlation?: number;
}

interface Bins {
  count: number;
  width: number;
  end: number;
}

const MOST_BINS = 20;
const COLUMNS_AT_ONCE = 50;
/** Squares of larger ones leave the range of a double, and the engine fails on them. */
const LARGEST_CORRELATED = '1e100';

export async function distributions(
  engine: Engine,
  measured: readonly Measured[],
  target: Reading | null,
): Promise<Map<string, Distribution>> {
  const found = new Map<string, Distribution>();
  const numbers = measured.filter(({ reading, mean }) => isNumeric(reading.kind) && mean !== undefined);
  const measuredOf = new Map(numbers.map((column) => [column.reading.column, column]));
  for (const [part, columns] of byPart(measuredOf.keys())) {
    for (const batch of batches(columns, COLUMNS_AT_ONCE)) {
      const members = batch.map((column) => measuredOf.get(column)!);
      const [row] = await engine.rows(distributionsSql(part, members, target));
      for (const member of members) {
        const { id } = member.reading.column;
        found.set(id, distributionOf(member, row![id] as Row));
      }
    }
  }
  return found;
}

function distributionsSql(part: string, members: readonly Measured[], target: Reading | null): string {
  const finite = (value: string) => `CASE WHEN isfinite(${value}) THEN ${value} END`;
  const values = members.map(({ reading }) => `${finite(valueSql(reading))} AS f_${reading.column.id}`);
  if (target) values.push(`${finite(valueSql(target))} AS target`);
  const fields = members.map(
    (member) => `{ ${fieldsSql(member, target !== null).join(', ')} } AS ${member.reading.column.id}`,
  );
  return `SELECT ${fields.join(', ')} FROM (SELECT ${values.join(', ')} FROM ${part})`;
}

function fieldsSql({ reading, min, mean, max }: Measured, hasTarget: boolean): string[] {
  const value = `f_${reading.column.id}`;
  const difference = `(${value} - ${double(mean!)})`;
  const bins = binsOf(reading.kind, min!, max!);
  const bounded = (it: string) => `CASE WHEN abs(${it}) < ${LARGEST_CORRELATED} THEN ${it} END`;
  return [
    `deviation: sqrt(avg(${difference} * ${difference}))`,
    ...(bins ? [`bins: histogram(CASE WHEN ${value} IS NOT NULL THEN ${binSql(value, min!, bins)} END)`] : []),
    ...(hasTarget ? [`correlation: corr(${bounded(value)}, ${bounded('target')})`] : []),
  ];
}

/** Rounding may take a value beyond the bins; and greatest and least pass over NULL. */
function binSql(value: string, min: number, { count, width }: Bins): string {
  const bin = `floor((${value} - ${double(min)}) / ${double(width)})`;
  return `CAST(greatest(0, least(${count - 1}, ${bin})) AS UTINYINT)`;
}

/** Whole numbers of a short range have a bin each. Null: one value, or a range that no double holds. */
function binsOf(kind: string, min: number, max: number): Bins | null {
  const range = max - min;
  if (kind === 'integer' && range > 0 && range < MOST_BINS) return { count: range + 1, width: 1, end: max + 1 };
  const width = range / MOST_BINS;
  return Number.isFinite(width) && min + width > min ? { count: MOST_BINS, width, end: max } : null;
}

function distributionOf({ reading, min, max }: Measured, row: Row): Distribution {
  const deviation = Number(row['deviation'] ?? NaN);
  const correlation = Number(row['correlation'] ?? NaN);
  const bins = binsOf(reading.kind, min!, max!);
  return {
    ...(Number.isFinite(deviation) ? { standardDeviation: deviation } : {}),
    ...(Number.isFinite(correlation) ? { correlation } : {}),
    ...(bins ? { histogram: histogramOf(row['bins'] as { key: number; value: string }[], bins, min!) } : {}),
  };
}

function histogramOf(found: readonly { key: number; value: string }[], bins: Bins, min: number): Histogram {
  const counts = Array.from({ length: bins.count }, () => 0);
  for (const { key, value } of found) counts[key] = Number(value);
  const edges = Array.from({ length: bins.count }, (_, edge) => min + edge * bins.width);
  return { edges: [...edges, bins.end], counts };
}
