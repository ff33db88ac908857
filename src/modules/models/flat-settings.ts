/** Nested settings as one level, by paths such as `earlyStopping.patience`. Lists are values as a whole, and so are empty objects. */
export function flattened(settings: object, prefix = ''): Map<string, unknown> {
  const flat = new Map<string, unknown>();
  for (const [step, value] of Object.entries(settings) as [string, unknown][]) {
    const name = prefix + step;
    if (isParent(value)) for (const [key, inner] of flattened(value, `${name}.`)) flat.set(key, inner);
    else flat.set(name, value);
  }
  return flat;
}

function isParent(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
}
