import { InvalidIdempotencyKeyError } from './idempotency.errors.js';

/** A structured-header string (RFC 8941, section 3.3.3); quotes and backslashes in it are escaped. */
const QUOTED = /^"((?:[^"\\]|\\["\\])*)"$/;
const VISIBLE = /^[\x21-\x7e]{1,255}$/;

/**
 * The key that a request carries, or null without one; `"k"` and `k` are the same key. `values` are those of the
 * header, one for each time it was sent. Throws InvalidIdempotencyKeyError.
 */
export function idempotencyKey(values: readonly string[] | undefined): string | null {
  if (values === undefined) return null;
  const [value = '', ...more] = values;
  const key = value.startsWith('"') ? unquoted(value) : value;
  if (more.length > 0 || !VISIBLE.test(key)) throw new InvalidIdempotencyKeyError();
  return key;
}

/** Empty, and so no key, when the quotes do not close. */
function unquoted(value: string): string {
  return (QUOTED.exec(value)?.[1] ?? '').replace(/\\(["\\])/g, '$1');
}
