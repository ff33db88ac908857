import { flattened } from '../flat-settings.js';

/** Settings by their paths, those that have a value, in the order of the alphabet. */
export function settings(given: object): Record<string, string | number> {
  const known = [...flattened(given)].filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(known.map(([name, value]) => [name, shown(value)] as const).toSorted(byName));
}

function shown(value: unknown): string | number {
  return typeof value === 'number' || typeof value === 'string' ? value : JSON.stringify(value);
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1);
