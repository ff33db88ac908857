import { createHash } from 'node:crypto';

/** SHA-256, one character a byte: the shortest text that a set can hold. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('binary');
}
