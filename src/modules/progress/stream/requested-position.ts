import { InvalidPositionError } from './stream.errors.js';

/**
 * After what a client wants to go on: a browser that comes back by itself says so in a header, beside the query it was
 * first given. Null: from now on. Throws InvalidPositionError.
 */
export function requestedPosition<T>(
  lastEventId: string | undefined,
  after: string | undefined,
  parsed: (text: string) => T | null,
): T | null {
  const text = lastEventId || after;
  if (text === undefined || text === '') return null;
  const position = parsed(text);
  if (position === null) throw new InvalidPositionError();
  return position;
}
