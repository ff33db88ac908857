import type { Bounds, Hyperparameter } from './hyperparameter.js';

/** What is wrong with a value: a stable code and a sentence. */
export interface Complaint {
  code: 'wrong_type' | 'out_of_range' | 'not_allowed_value' | 'wrong_length';
  detail: string;
}

/** Holds a value against its schema entry. Nothing is converted: `"0.1"` is no number, and null is never a value. */
export function checkValue(entry: Hyperparameter, value: unknown): Complaint | null {
  switch (entry.type) {
    case 'integer':
    case 'number':
      return checkNumber(entry.name, entry, value, entry.type === 'integer');
    case 'boolean':
      return typeof value === 'boolean' ? null : wrongType(entry.name, 'true or false', value);
    case 'enum':
      if (typeof value !== 'string') return wrongType(entry.name, 'a string', value);
      return entry.values.includes(value)
        ? null
        : { code: 'not_allowed_value', detail: `${entry.name} must be one of ${entry.values.join(', ')}.` };
  }
  return checkList(entry, value);
}

function checkList(entry: Extract<Hyperparameter, { type: 'integer[]' }>, value: unknown): Complaint | null {
  if (!Array.isArray(value)) return wrongType(entry.name, 'a list of integers', value);
  const { name, minItems, maxItems } = entry;
  if (value.length < minItems || value.length > maxItems) {
    return { code: 'wrong_length', detail: `${name} must have ${minItems} to ${maxItems} items, not ${value.length}.` };
  }
  // Counted, because forEach and every skip the holes of a sparse array.
  for (let i = 0; i < value.length; i++) {
    const complaint = checkNumber(`${name}[${i}]`, entry, value[i], true);
    if (complaint) return complaint;
  }
  return null;
}

function checkNumber(name: string, bounds: Bounds, value: unknown, integer: boolean): Complaint | null {
  const fits = integer ? Number.isSafeInteger(value) : Number.isFinite(value);
  if (!fits) return wrongType(name, integer ? 'an integer' : 'a number', value);
  const number = value as number;
  const inside =
    number >= (bounds.minimum ?? -Infinity) &&
    number > (bounds.exclusiveMinimum ?? -Infinity) &&
    number <= (bounds.maximum ?? Infinity) &&
    number < (bounds.exclusiveMaximum ?? Infinity);
  return inside ? null : { code: 'out_of_range', detail: `${name} must be ${range(bounds)}, not ${number}.` };
}

function range(bounds: Bounds): string {
  return [
    bounds.minimum !== undefined && `at least ${bounds.minimum}`,
    bounds.exclusiveMinimum !== undefined && `greater than ${bounds.exclusiveMinimum}`,
    bounds.maximum !== undefined && `at most ${bounds.maximum}`,
    bounds.exclusiveMaximum !== undefined && `less than ${bounds.exclusiveMaximum}`,
  ]
    .filter(Boolean)
    .join(' and ');
}

function wrongType(name: string, wanted: string, value: unknown): Complaint {
  return { code: 'wrong_type', detail: `${name} must be ${wanted}, not ${described(value)}.` };
}

function described(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number') return String(value);
  return `a value of type ${typeof value}`;
}
