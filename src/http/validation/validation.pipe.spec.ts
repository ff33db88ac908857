import { Type } from 'class-transformer';
import { IsArray, IsEnum, IsInt, IsObject, Max, Min, ValidateNested } from 'class-validator';
import { EnumFilter, IdFilter } from '../page/filters.js';
import { PageQuery } from '../page/page.query.js';
import { MayBeAbsent } from './may-be-absent.js';
import { Text, TextList } from './text.js';
import type { ValidationFailedError } from './validation.errors.js';
import { validationPipe } from './validation.pipe.js';

enum Colour {
  Red = 'red',
  Blue = 'blue',
}

class Part {
  @IsEnum(Colour)
  colour: Colour;
}

class Thing {
  @Text({ max: 5 }, {})
  name: string;

  @MayBeAbsent()
  @Text({ min: 0, max: 20, controls: '\n\t' }, {})
  note?: string;

  @MayBeAbsent()
  @TextList({ max: 5, maxItems: 3 }, {})
  tags?: string[];

  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(9)
  size?: number;

  @MayBeAbsent()
  @IsArray()
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => Part)
  parts?: Part[];

  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => Part)
  main?: Part;
}

class Query extends PageQuery {
  @EnumFilter(Colour, 'Colour', 'Only these.')
  colour?: Colour[];

  @IdFilter('Only those.')
  owner?: string[];
}

const body = (value: unknown) => validationPipe().transform(value, { type: 'body', metatype: Thing }) as Promise<Thing>;
const query = (value: unknown) =>
  validationPipe().transform(value, { type: 'query', metatype: Query }) as Promise<Query>;

async function complaints(work: Promise<unknown>): Promise<string[]> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason as ValidationFailedError,
  );
  return (error?.details.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`);
}

describe('the validation of bodies', () => {
  it('trims texts and keeps what is left out absent', async () => {
    const thing = await body({ name: '  n ', note: 'a\r\n\tb ', tags: [' x '] });
    expect(thing).toEqual({ name: 'n', note: 'a\n\tb', tags: ['x'] });
  });

  it.each<[string, object, string[]]>([
    ['a missing field', {}, ['/name required']],
    ['an unknown field', { name: 'n', 'a/b': 1 }, ['/a~1b unknown_field']],
    [
      'null for a field that may be absent',
      { name: 'n', note: null, main: null },
      ['/note wrong_type', '/main wrong_type'],
    ],
    ['wrong types', { name: 5, size: '1', tags: 'x' }, ['/name wrong_type', '/tags wrong_type', '/size wrong_type']],
    ['blank text', { name: ' \t ' }, ['/name wrong_length']],
    ['long text', { name: 'abcdef' }, ['/name wrong_length']],
    ['control characters', { name: 'a\nb', note: 'a\u0007' }, ['/name invalid_characters', '/note invalid_characters']],
    ['lone surrogates', { name: 'a\ud800' }, ['/name invalid_characters']],
    ['numbers out of range', { name: 'n', size: 10 }, ['/size out_of_range']],
    ['items that are the same once trimmed', { name: 'n', tags: ['x', ' x'] }, ['/tags duplicate_items']],
    ['bad items', { name: 'n', tags: ['', 'x'] }, ['/tags wrong_length']],
    ['too many items', { name: 'n', tags: ['a', 'b', 'c', 'd'] }, ['/tags wrong_length']],
    ['a list for an object', { name: 'n', main: [{ colour: 'red' }] }, ['/main wrong_type']],
    [
      'nested fields',
      { name: 'n', main: { colour: 'x', b: 1 } },
      ['/main/b unknown_field', '/main/colour not_allowed_value'],
    ],
    [
      'nested items',
      { name: 'n', parts: [{ colour: 'red' }, { colour: 'green' }] },
      ['/parts/1/colour not_allowed_value'],
    ],
    ['items that are no objects', { name: 'n', parts: [5] }, ['/parts wrong_type', '/parts/0 wrong_type']],
  ])('refuses %s', async (_, value, expected) => {
    expect((await complaints(body(value))).sort()).toEqual(expected.sort());
  });

  it('lists a bounded number of complaints', async () => {
    const unknown = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`f${i}`, i]));
    expect(await complaints(body(unknown))).toHaveLength(100);
  });
});

describe('the validation of queries', () => {
  it('has defaults, and makes a list of a filter that is given once', async () => {
    expect(await query({})).toEqual({ limit: 50 });
    expect(await query({ limit: '200', colour: 'red', owner: 'o' })).toMatchObject({
      limit: 200,
      colour: ['red'],
      owner: ['o'],
    });
  });

  it('sorts repeated filters and drops what is repeated', async () => {
    expect(await query({ colour: ['red', 'blue', 'red'] })).toMatchObject({ colour: ['blue', 'red'] });
  });

  it.each(['0', '201', '-1', '', ' ', '0x10', '1e2', '2.0', ['1', '2']])('refuses the limit %p', async (limit) => {
    expect(await complaints(query({ limit }))).toHaveLength(1);
  });

  it.each([
    { colour: '' },
    { colour: ['red', 'green'] },
    { owner: '' },
    { owner: 'a\u0000' },
    { cursor: ['a', 'b'] },
    { x: '1' },
  ])('refuses %p', async (given) => {
    expect(await complaints(query(given))).toHaveLength(1);
  });
});
