/** Nested settings as one level, by paths such as `earlyStopping.patience`, in the order of the alphabet. */
export function settings(given: object): Record<string, string | number> {
  const flat = Object.entries(given).flatMap(([name, value]) => entriesOf(name, value));
  return Object.fromEntries(flat.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function entriesOf(name: string, value: unknown): [string, string | number][] {
  if (value === undefined || value === null) return [];
  if (typeof value === 'number' || typeof value === 'string') return [[name, value]];
  if (typeof value === 'object' && !Array.isArray(value)) {
    return Object.entries(value).flatMap(([inner, entry]) => entriesOf(`${name}.${inner}`, entry));
  }
  return [[name, JSON.stringify(value)]];
}
