import { createHmac, timingSafeEqual } from 'node:crypto';
import { InvalidCursorError } from './page.errors.js';

/** The list that a cursor belongs to: with other filters or for another tenant it is not valid. */
export interface CursorScope {
  list: string;
  tenant: string;
  filters: Readonly<Record<string, unknown>>;
}

const MAC_BYTES = 16;

/** Opaque text for "after this id", or another key of the list's order: a MAC over it and the scope, then itself. */
export function encodeCursor(key: Buffer, scope: CursorScope, id: string): string {
  return Buffer.concat([mac(key, scope, id), Buffer.from(id)]).toString('base64url');
}

/** The id or key of a cursor that was made for this scope. Throws InvalidCursorError for any other text. */
export function decodeCursor(keys: readonly Buffer[], scope: CursorScope, cursor: string): string {
  const bytes = Buffer.from(cursor, 'base64url');
  const id = bytes.subarray(MAC_BYTES).toString();
  // The decoder skips what is no base64url: a cursor has one spelling only.
  if (id === '' || bytes.toString('base64url') !== cursor) throw new InvalidCursorError();
  const isMade = keys.some((key) => timingSafeEqual(bytes.subarray(0, MAC_BYTES), mac(key, scope, id)));
  if (!isMade) throw new InvalidCursorError();
  return id;
}

function mac(key: Buffer, { list, tenant, filters }: CursorScope, id: string): Buffer {
  const given = Object.entries(filters)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const bound = JSON.stringify([list, tenant, given, id]);
  return createHmac('sha256', key).update(bound).digest().subarray(0, MAC_BYTES);
}
