import type { FieldError } from '../../../errors/domain.error.js';
import { jsonPointer } from '../../../http/json-pointer.js';
import { isCleanText } from '../../../http/validation/clean-text.js';
import { ValidationFailedError } from '../../../http/validation/validation.errors.js';
import { LABEL_KEY, type Labels, LONGEST_LABEL_VALUE, MOST_LABELS } from '../labels.js';

const KEY_RULE = 'A label’s name is 1 to 63 of A-Z, a-z, 0-9, `.`, `_`, `/`, `-`, the first a letter or digit.';

/** Labels with their values trimmed. Throws ValidationFailedError with one entry for each that is not right. */
export function checkedLabels(given: Readonly<Record<string, unknown>>): Labels {
  const entries = Object.entries(given);
  const errors = entries.flatMap(([key, value]) => faultOf(key, value) ?? []);
  if (entries.length > MOST_LABELS) errors.unshift(tooMany());
  if (errors.length > 0) throw new ValidationFailedError(errors.slice(0, 100));
  return Object.fromEntries(entries.map(([key, value]) => [key, (value as string).trim()]));
}

function tooMany(): FieldError {
  return { pointer: '/labels', code: 'wrong_length', detail: `There are at most ${MOST_LABELS} labels.` };
}

function faultOf(key: string, value: unknown): FieldError | null {
  const pointer = jsonPointer(['labels', key]);
  if (!LABEL_KEY.test(key)) return { pointer, code: 'wrong_format', detail: KEY_RULE };
  if (typeof value !== 'string') return { pointer, code: 'wrong_type', detail: 'A label’s value is a text.' };
  const text = value.trim();
  if (!isCleanText(text)) {
    const detail = 'A label’s value must not contain control characters or lone surrogates.';
    return { pointer, code: 'invalid_characters', detail };
  }
  // Commas join conditions where labels are searched for.
  if (text.includes(',')) return { pointer, code: 'wrong_format', detail: 'A label’s value has no comma.' };
  const fits = text.length <= LONGEST_LABEL_VALUE;
  const detail = `A label’s value has at most ${LONGEST_LABEL_VALUE} characters.`;
  return fits ? null : { pointer, code: 'wrong_length', detail };
}
