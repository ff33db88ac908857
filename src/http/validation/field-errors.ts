import type { ValidationError } from 'class-validator';
import type { FieldError } from '../../errors/domain.error.js';
import { jsonPointer } from '../json-pointer.js';

/** An answer lists no more complaints than this, however many there are. */
const MOST_ERRORS = 100;

/** class-validator's names of rules to the stable codes of the API, in order of precedence. */
const CODES: readonly (readonly [code: string, rules: readonly string[]])[] = [
  ['unknown_field', ['whitelistValidation']],
  [
    'wrong_type',
    ['unknownValue', 'nestedValidation', 'isObject', 'isArray', 'isString', 'isInt', 'isNumber', 'isBoolean'],
  ],
  ['not_allowed_value', ['isEnum', 'isIn']],
  ['invalid_characters', ['cleanText']],
  ['wrong_length', ['minLength', 'maxLength', 'isLength', 'arrayMinSize', 'arrayMaxSize']],
  ['out_of_range', ['min', 'max', 'isPositive']],
  ['duplicate_items', ['arrayUnique']],
  ['wrong_format', ['matches']],
];

/** One entry a field, its most telling complaint; nested fields and items of lists by their full pointer. */
export function fieldErrors(errors: readonly ValidationError[]): FieldError[] {
  return errors.flatMap((error) => entries(error, [])).slice(0, MOST_ERRORS);
}

function entries(error: ValidationError, parents: readonly string[]): FieldError[] {
  const path = [...parents, error.property];
  const own = error.constraints ? [entry(error, error.constraints, jsonPointer(path))] : [];
  return [...own, ...(error.children ?? []).flatMap((child) => entries(child, path))];
}

function entry(error: ValidationError, constraints: Record<string, string>, pointer: string): FieldError {
  if (constraints.whitelistValidation) return { pointer, code: 'unknown_field', detail: 'There is no such field.' };
  // The pipe leaves the value out where children have complaints of their own.
  if (error.value === undefined && !error.children?.length) {
    return { pointer, code: 'required', detail: `${error.property} is required.` };
  }
  if (constraints.nestedValidation)
    return { pointer, code: 'wrong_type', detail: `${error.property} must be an object.` };
  for (const [code, rules] of CODES) {
    const rule = rules.find((name) => name in constraints);
    if (rule) return { pointer, code, detail: sentence(constraints[rule]!) };
  }
  return { pointer, code: 'invalid', detail: sentence(Object.values(constraints)[0] ?? 'The value is not valid') };
}

function sentence(message: string): string {
  return message.endsWith('.') ? message : `${message}.`;
}
