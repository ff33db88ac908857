import type { ColumnProfile } from '../../../datasets/profile/profile-type.js';
import type { Engine } from './open-engine.js';
import { keySql, type Reading } from './readings.js';
import { batches } from './table.js';

/** A column that may give the target away. */
export interface Candidate {
  profile: ColumnProfile;
  reading: Reading;
}

/** A column whose values repeat less often would tell the target by chance. */
const LEAST_ROWS_PER_VALUE = 5;
const MOST_VALUES = 10_000;
const MOST_CLASSES = 100;
const FEWEST_ROWS = 20;
const NEARLY_ALL = 0.995;
/** Where nearly all rows are of one class, every column determines it nearly. */
const LARGEST_CLASS = 0.95;
const COLUMNS_AT_ONCE = 25;

/**
 * Names of the features of which the value tells the class: of the rows that have both, at least 99.5 % are of the class
 * that is most frequent with their value.
 */
export async function determining(
  engine: Engine,
  rows: number,
  target: Candidate,
  features: readonly Candidate[],
): Promise<string[]> {
  const valued = rows - target.profile.missing;
  const largest = target.profile.topValues?.[0]?.count ?? 0;
  const { distinct } = target.profile;
  if (valued < FEWEST_ROWS || distinct > MOST_CLASSES || largest / valued > LARGEST_CLASS) return [];
  const likely = features.filter(
    ({ profile }) =>
      profile.distinct >= distinct &&
      profile.distinct <= Math.min(MOST_VALUES, (rows - profile.missing) / LEAST_ROWS_PER_VALUE) &&
      profile.missing < rows / 2,
  );
  const found: string[] = [];
  for (const batch of batches(likely, COLUMNS_AT_ONCE)) {
    const counted = await engine.rows(
      batch.map((it, index) => toldSql(it.reading, target.reading, index)).join(' UNION ALL '),
    );
    for (const { column, told, of } of counted) {
      if (Number(told) >= NEARLY_ALL * Number(of)) found.push(batch[Number(column)]!.profile.name);
    }
  }
  return found;
}

function toldSql(feature: Reading, target: Reading, index: number): string {
  const [value, label] = [keySql(feature), keySql(target)];
  return `SELECT ${index} AS column, sum(largest) AS told, sum(rows) AS of FROM (
    SELECT max(n) AS largest, sum(n) AS rows FROM (
      SELECT value, count(*) AS n FROM (SELECT ${value} AS value, ${label} AS label FROM ${feature.column.part})
      WHERE value IS NOT NULL AND label IS NOT NULL
      GROUP BY value, label) GROUP BY value)`;
}
