import type { OpenApi, Operation, Schema } from './openapi.js';

/** A value that a field must not take, and where it stands. */
export interface Attack {
  path: string[];
  value: unknown;
}

/** What every object has already; as names of fields they must be refused like any other unknown one. */
export const PROPERTIES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'];
const NESTED_5000 = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`;
const LISTS_5000 = `${'['.repeat(5_000)}${']'.repeat(5_000)}`;
const TEN_MEGABYTES = JSON.stringify({ name: 'x'.repeat(10_485_760) });

/** Bodies that no operation takes, whatever its fields are. */
export const HOSTILE_BODIES: [label: string, body: string | Uint8Array<ArrayBuffer>, status: number][] = [
  ['broken JSON', '{"name": ', 400],
  ['a trailing comma', '{"name": "a",}', 400],
  ['single quotes', `{'name': 'a'}`, 400],
  ['NaN', '{"size": NaN}', 400],
  ['two documents', '{}{}', 400],
  ['no UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]), 400],
  ['UTF-16', new Uint8Array(Buffer.from('\uFEFF{"name":"a"}', 'utf16le')), 400],
  ['blank', '   ', 400],
  ['a list', '[]', 400],
  ['a list of objects', '[{"name":"a"}]', 400],
  ['null', 'null', 400],
  ['a text', '"name"', 400],
  ['a number', '5', 400],
  ['5,000 objects deep', NESTED_5000, 400],
  ['5,000 lists deep', LISTS_5000, 400],
  ['5,000 deep in a field', `{"metadata":${NESTED_5000}}`, 400],
  ['10 MB', TEN_MEGABYTES, 413],
  ['__proto__', '{"__proto__":{"isAdmin":true}}', 400],
  ['__proto__ inside', '{"metadata":{"__proto__":{"a":1}}}', 400],
  ['constructor', '{"constructor":{"prototype":{"a":1}}}', 400],
  ['a key with NUL', '{"na\\u0000me":"a"}', 400],
  ['a key that is a lone surrogate', '{"\\ud800":"a"}', 400],
];

/** Parts of a path that name nothing. */
export const HOSTILE_IDS = [
  ...['nope', 'null', 'undefined', '-1', '0', '*', '%20', '%00', 'a%00b', '%0a', '%ff', '%ed%a0%80', '%zz', '%', '%2'],
  ...['..%2f..%2fetc%2fpasswd', 'a%2fb', '%2e%2e', '%5c', `'%20OR%201=1--`, '%22;DROP%20TABLE%20models;--'],
  ...['%F0%9F%92%A9', '%7Bid%7D', ':id', '$1', ...PROPERTIES],
  ...['x'.repeat(129), 'x'.repeat(301), 'x'.repeat(5_000), '%41'.repeat(400)],
];

/** Query strings that no list takes. */
export const HOSTILE_QUERIES = [
  ...['0', '-1', 'abc', '1.5', '1e2', '0x10', '', '%20', '5%20', '+5', '%D9%A3', '99999999999999999999', 'null'].map(
    (limit) => `limit=${limit}`,
  ),
  ...['limit=1&limit=2', 'limit[]=1', 'limit[gt]=1', 'limit=1,2', 'Limit=1', 'limit'],
  ...['cursor=', 'cursor=x', 'cursor=%00', 'cursor=abc&cursor=def', `cursor=${'A'.repeat(1_001)}`],
  ...[`cursor=${'A'.repeat(60)}`, 'cursor=eyJpZCI6ImpvYl8xIn0', 'cursor=null', 'cursor[]=x'],
  ...['foo=1', 'offset=10', 'page=2', '=1', '%00=1', '%zz=1', '__proto__[a]=1'],
];

/** One more than the list gives at once. */
export function tooManyAtOnce({ parameters }: Operation): string {
  return `limit=${parameters.find(({ name }) => name === 'limit')!.schema.maximum! + 1}`;
}

/** Query strings that a filter with these values does not take. */
export function hostileFilters({ name, schema }: { name: string; schema: Schema }): string[] {
  const values = [
    '',
    '%00',
    'a%07',
    '%1b[0m',
    ...(schema.items?.enum ? ['nope', 'READY', 'null', '%zz', ...PROPERTIES] : []),
  ];
  const many = Array.from({ length: 51 }, (_, index) => `${name}=v${index}`).join('&');
  return [
    ...values.map((value) => `${name}=${value}`),
    many,
    `${name}=${'x'.repeat(129)}`,
    `${name}[]=a`,
    `${name}[a]=b`,
  ];
}

/** What no field of this schema may be, at every depth. */
export function attacks(api: OpenApi, given: Schema, path: string[] = []): Attack[] {
  const schema = api.resolved(given);
  const own = path.length > 0 ? wrongValues(schema).map((value) => ({ path, value })) : [];
  const unknown = schema.properties
    ? ['surprise', 'tenantId', 'Name'].map((name) => ({ path: [...path, name], value: 1 }))
    : [];
  const members = Object.entries(schema.properties ?? {}).flatMap(([name, member]) =>
    attacks(api, member, [...path, name]),
  );
  const { additionalProperties: named } = schema;
  const any = typeof named === 'object' ? attacks(api, named, [...path, 'any']) : [];
  const items = schema.items ? attacks(api, schema.items, [...path, '0']) : [];
  return [...own, ...unknown, ...members, ...any, ...items];
}

function wrongValues(schema: Schema): unknown[] {
  const { minimum = -Infinity, maximum = Infinity } = schema;
  const outside = [minimum - 1, maximum + 1, -Infinity, Infinity].filter(Number.isFinite);
  if (schema.enum) return [null, 3, true, {}, [], [schema.enum[0]], '', ' ', 'nope', ...PROPERTIES];
  switch (schema.type) {
    case 'string':
      return [null, 5, true, {}, [], ['a'], ...wrongTexts(schema)];
    case 'integer':
      return [null, '5', '', true, {}, [], [5], 1.5, 1e300, ...outside];
    case 'number':
      return [null, '0.5', '', true, {}, [], [0.5], 1e300, ...outside];
    case 'boolean':
      return [null, 'true', 1, 0, '', {}, [], [true]];
    case 'array':
      return [null, 'a', 5, true, {}, { 0: 'a', length: 1 }, [null], [[]], ...wrongLengths(schema)];
    default:
      return [null, 'a', 5, true, [], [{}], [[]]];
  }
}

function wrongTexts({ minLength = 0, maxLength = 100_000 }: Schema): string[] {
  const unclean = ['a\u0000b', 'a\u0007b', 'a\u001b[2J', '\u0085', '\ud800', 'a\udc00', '\udc00\ud800'];
  return [...unclean, 'x'.repeat(maxLength + 1), ...(minLength > 0 ? ['', '\r'] : [])];
}

function wrongLengths({ minItems = 0, maxItems = 1_000, uniqueItems }: Schema): unknown[] {
  const many = Array.from({ length: maxItems + 1 }, (_, index) => `i${index}`);
  return [many, ...(minItems > 0 ? [[]] : []), ...(uniqueItems ? [['a', 'a']] : [])];
}

/** A copy of the body with the value at the path; what is missing on the way is made. */
export function withValue(body: unknown, [step, ...rest]: string[], value: unknown): unknown {
  if (step === undefined) return value;
  if (step === '0') return [withValue(Array.isArray(body) ? body[0] : undefined, rest, value)];
  const members = (body ?? {}) as Record<string, unknown>;
  return { ...members, [step]: withValue(Object.hasOwn(members, step) ? members[step] : undefined, rest, value) };
}
