import fc from 'fast-check';
import type { OpenApi, Schema } from '../support/openapi.js';

/** Nobody needs longer texts or lists to find a fault; limits are tested where they are told. */
const MOST_CHARACTERS = 300;
const MOST_ITEMS = 4;

const WILD: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(
    null,
    '',
    ' ',
    0,
    -1,
    1.5,
    1e308,
    2 ** 53,
    true,
    [],
    {},
    'null',
    '\u0000',
    '\ud800',
    '💩',
    "' OR 1=1--",
  ),
  fc.constantFrom<unknown>('x'.repeat(20_000), JSON.parse('{"__proto__":{"a":1}}'), [[[[[[]]]]]], { constructor: {} }),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Values that a schema of the document describes, and now and then one that it does not. */
export class ArbitraryValues {
  constructor(
    private readonly api: OpenApi,
    private readonly known: Readonly<Record<string, readonly string[]>>,
  ) {}

  of(schema: Schema, name?: string): fc.Arbitrary<unknown> {
    return fc.oneof(
      { weight: 40, arbitrary: this.described(this.api.resolved(schema), name) },
      { weight: 1, arbitrary: WILD },
    );
  }

  private described(schema: Schema, name?: string): fc.Arbitrary<unknown> {
    const { oneOf, type, example } = schema;
    if (schema.enum) return fc.constantFrom<unknown>(...schema.enum);
    if (oneOf) return fc.oneof(...oneOf.map((one) => this.of(one, name)));
    const ids = name === undefined ? undefined : this.known[name];
    if (ids && type === 'string')
      return fc.oneof({ weight: 6, arbitrary: fc.constantFrom<unknown>(...ids) }, text(schema));
    if (example !== undefined && type === 'string') return fc.oneof(fc.constant(example), text(schema));
    switch (type) {
      case 'string':
        return text(schema);
      case 'boolean':
        return fc.boolean();
      case 'integer':
        return fc.integer(bounds(schema));
      case 'number':
        return fc.oneof(fc.integer(bounds(schema)), fc.double({ ...bounds(schema), noNaN: true }));
      case 'array':
        return fc.array(this.of(schema.items ?? {}, name), lengths(schema));
      default:
        return schema.properties
          ? this.object(schema)
          : fc.dictionary(fc.string({ maxLength: 20 }), this.free(schema), { maxKeys: 4 });
    }
  }

  private object({ properties = {}, required = [] }: Schema): fc.Arbitrary<unknown> {
    const fields = Object.entries(properties).map(([name, schema]) => [name, this.of(schema, name)] as const);
    return fc.record(Object.fromEntries(fields), { requiredKeys: required });
  }

  private free({ additionalProperties: more }: Schema): fc.Arbitrary<unknown> {
    return typeof more === 'object' ? this.of(more) : fc.oneof(fc.string(), fc.integer(), fc.boolean());
  }
}

function text({ format, minLength = 0, maxLength = MOST_CHARACTERS }: Schema): fc.Arbitrary<unknown> {
  if (format === 'date-time') return fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  const range = { minLength, maxLength: Math.max(minLength, Math.min(maxLength, MOST_CHARACTERS)) };
  return fc.oneof(fc.stringMatching(/^[a-z0-9_-]{1,20}$/), fc.string({ ...range, unit: 'grapheme' }));
}

/** What an integer may be; a double takes the same. */
function bounds({ minimum = -1_000_000, maximum = 1_000_000 }: Schema): { min: number; max: number } {
  return { min: Math.ceil(minimum), max: Math.max(Math.ceil(minimum), Math.floor(Math.min(maximum, 2 ** 31))) };
}

function lengths({ minItems = 0, maxItems = MOST_ITEMS }: Schema): { minLength: number; maxLength: number } {
  return { minLength: minItems, maxLength: Math.max(minItems, Math.min(maxItems, MOST_ITEMS)) };
}
