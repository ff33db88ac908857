import type { ClassShare, ColumnProfile, ValueCount } from '../../../../datasets/profile/profile-type.js';

const MOST_TOP_VALUES = 10;

/** The column that images have instead of columns. `counts`: the most frequent first, at least one. */
export function classColumn(name: string, counts: ValueCount[]): ColumnProfile {
  const lengths = counts.map(({ value }) => Array.from(value).length);
  return {
    name,
    kind: 'text',
    role: 'target',
    missing: 0,
    distinct: counts.length,
    approximate: false,
    shortest: Math.min(...lengths),
    longest: Math.max(...lengths),
    topValues: counts.slice(0, MOST_TOP_VALUES),
  };
}

export function sharesOf(counts: ValueCount[]): ClassShare[] {
  const images = counts.reduce((sum, { count }) => sum + count, 0);
  return counts.map(({ value, count }) => ({ value, count, share: count / images }));
}
