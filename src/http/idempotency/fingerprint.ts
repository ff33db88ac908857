import { createHash } from 'node:crypto';

/** What has to be the same for a request to be a repetition. */
export interface RequestContent {
  method: string;
  /** The route's template; ids are in `parameters`. */
  route: string;
  parameters: unknown;
  /** As parsed, before defaults and trimming; absent without a body. */
  body: unknown;
}

/** SHA-256 of a request, in hexadecimal. The order of a body's fields and white space between them do not matter. */
export function fingerprint({ method, route, parameters, body }: RequestContent): string {
  return createHash('sha256')
    .update(canonical([method, route, parameters, body]))
    .digest('hex');
}

/** JSON with the keys of every object sorted by UTF-16 code units, as in RFC 8785. `value` has come out of a parser. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) => (isObject(member) ? sorted(member) : member));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sorted(object: object): object {
  return Object.fromEntries(Object.entries(object).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
