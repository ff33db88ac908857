import fc from 'fast-check';
import iconv from 'iconv-lite';
import { DatasetFormat } from '../../../datasets/dataset-type.js';
import { PREVIEW_CHARACTERS, PREVIEW_COLUMNS, PREVIEW_ROWS } from '../inspection.js';
import { column, inspectParquet, inspectText, measured, warnings, type Declared } from './inspection-task.arbitrary.js';

type Values = (string | number | boolean | null)[][];
const CITIES: Values = [
  ['Kraków', 1.5],
  ['Zürich', 2.5],
];

async function read(content: string | Buffer, declared: Declared = {}) {
  const { preview, profile } = measured(await inspectText(content, declared));
  return { ...preview, readAs: profile.readAs };
}

const JSON_FORMAT: Declared = { format: DatasetFormat.Json };

describe('inspectTable on csv as it comes', () => {
  it.each<[string, string | Buffer, Declared, string[], Values]>([
    ['a byte order mark and \\r\\n', '\ufeffcity,x\r\nKraków,1.5\r\nZürich,2.5\r\n', {}, ['city', 'x'], CITIES],
    ['no newline at the end', 'city,x\nKraków,1.5\nZürich,2.5', {}, ['city', 'x'], CITIES],
    ['blank lines all over', '\n\ncity,x\n\nKraków,1.5\n  \nZürich,2.5\n\n\n', {}, ['city', 'x'], CITIES],
    ['\\r alone', 'city,x\rKraków,1.5\rZürich,2.5\r', {}, ['city', 'x'], CITIES],
    ['mixed line ends', 'city,x\r\nKraków,1.5\nZürich,2.5\r', {}, ['city', 'x'], CITIES],
    ['spaces around quotes', '"city" , "x"\n "Kraków",1.5\n"Zürich" ,"2.5"  \n', {}, ['city', 'x'], CITIES],
    ['semicolons', 'city;x\nKraków;1.5\nZürich;2.5', {}, ['city', 'x'], CITIES],
    ['tabs', 'city\tx\nKraków\t1.5\nZürich\t2.5', {}, ['city', 'x'], CITIES],
    ['a tab declared as \\t', 'city\tx\nKraków\t1.5\nZürich\t2.5', { delimiter: '\\t' }, ['city', 'x'], CITIES],
    ['bars', 'city|x\nKraków|1.5\nZürich|2.5', {}, ['city', 'x'], CITIES],
    ['carets, declared', 'city^x\nKraków^1.5\nZürich^2.5', { delimiter: '^' }, ['city', 'x'], CITIES],
    [
      'decimal commas, and points between thousands',
      'city;x\nKraków;1.234.567,5\nZürich;-1.000',
      {},
      ['city', 'x'],
      [
        ['Kraków', 1_234_567.5],
        ['Zürich', -1_000],
      ],
    ],
    ['decimal commas', 'city;x\nKraków;1,5\nZürich;2,5', {}, ['city', 'x'], CITIES],
    ['no header', 'Kraków,1.5\nZürich,2.5', {}, ['column_1', 'column_2'], CITIES],
    [
      'a header declared away',
      'city,x\na,b\n',
      { hasHeader: false },
      ['column_1', 'column_2'],
      [
        ['city', 'x'],
        ['a', 'b'],
      ],
    ],
    [
      'a header of years',
      'land,2019,2020\nA,1,2\nB,3,4',
      {},
      ['land', '2019', '2020'],
      [
        ['A', 1, 2],
        ['B', 3, 4],
      ],
    ],
    [
      'numbers for names, declared',
      '1.5,2.5\n1,2\n3,4',
      { features: ['1.5'] },
      ['1.5', '2.5'],
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      'a header with line ends',
      '"a\r\nb",c\r\nx,1\r\ny,2\r\n',
      {},
      ['a\r\nb', 'c'],
      [
        ['x', 1],
        ['y', 2],
      ],
    ],
    [
      'quotes with all in them',
      'a,b\n"x\ny\r\nz","p,q"\n"say ""hi""",""""\n',
      {},
      ['a', 'b'],
      [
        ['x\ny\r\nz', 'p,q'],
        ['say "hi"', '"'],
      ],
    ],
    [
      'quotes within values',
      'a,b\n5" disk,3"4\nx""y,z\n',
      {},
      ['a', 'b'],
      [
        ['5" disk', '3"4'],
        ['x""y', 'z'],
      ],
    ],
    [
      'backslashes',
      'a,b\n"x\\",\\N\ny,z\n',
      {},
      ['a', 'b'],
      [
        ['x\\', '\\N'],
        ['y', 'z'],
      ],
    ],
    [
      'hashes',
      'a,b\n#x,1\n#y,2\n',
      {},
      ['a', 'b'],
      [
        ['#x', 1],
        ['#y', 2],
      ],
    ],
    [
      'no values',
      'a,b\n,""\nx," "\n',
      {},
      ['a', 'b'],
      [
        [null, null],
        ['x', null],
      ],
    ],
    ['one column with blanks', 'a\nx\n\ny\n\n', {}, ['a'], [['x'], ['y']]],
    ['one column of prose', 'text\n"a, b; c"\nd|e, f\ng\n', {}, ['text'], [['a, b; c'], ['d|e, f'], ['g']]],
    [
      'hostile names',
      `a"b,'; DROP TABLE part0; --,A"b,rowid,c0,__proto__\n1,x,3,4,5,6\n2,y,3,4,5,6`,
      {},
      ['a"b', "'; DROP TABLE part0; --", 'A"b', 'rowid', 'c0', '__proto__'],
      [
        [1, 'x', 3, 4, 5, 6],
        [2, 'y', 3, 4, 5, 6],
      ],
    ],
  ])('%s', async (_, content, declared, columns, rows) => {
    expect(await read(content, declared)).toMatchObject({ columns, rows });
  });

  const TEXT = 'city,x\r\nKraków,1.5\r\nZürich,2.5\r\n';
  it.each<[string, Buffer, string | undefined, string]>([
    ['utf-16le', Buffer.from(`\ufeff${TEXT}`, 'utf16le'), undefined, 'utf-16le'],
    ['utf-16be', Buffer.from(`\ufeff${TEXT}`, 'utf16le').swap16(), undefined, 'utf-16be'],
    ['utf-16 declared, no mark', Buffer.from(TEXT, 'utf16le'), 'UTF-16', 'utf-16'],
    ['a mark against what is declared', Buffer.from(`\ufeff${TEXT}`), 'latin1', 'utf-8'],
    ['latin-1', iconv.encode(TEXT.replace('Kraków', 'Café'), 'latin1'), undefined, 'windows-1252'],
    ['iso-8859-2', iconv.encode(TEXT, 'iso-8859-2'), 'iso-8859-2', 'iso-8859-2'],
    ['UTF-8', Buffer.from(TEXT), undefined, 'utf-8'],
    ['UTF-8, declared', Buffer.from(TEXT), 'UTF8', 'utf-8'],
  ])('%s', async (_, content, encoding, found) => {
    const { rows, readAs } = await read(content, encoding === undefined ? {} : { encoding });
    expect(readAs.encoding).toBe(found);
    expect(rows).toEqual([
      [found === 'windows-1252' ? 'Café' : 'Kraków', 1.5],
      ['Zürich', 2.5],
    ]);
  });

  it.each([
    ['shift_jis', '東京'],
    ['windows-1251', 'Москва'],
    ['koi8-r', 'Москва'],
    ['iso-8859-15', '5 €'],
    ['gb18030', '北京'],
  ])('%s', async (encoding, value) => {
    const content = iconv.encode(`a,b\n${value},1\nx,2\n`, encoding);
    expect((await read(content, { encoding })).rows).toEqual([
      [value, 1],
      ['x', 2],
    ]);
  });

  it('cesu8, whose decoder ends with a number', async () => {
    expect((await read(Buffer.from('a,b\n3,4\n5,6'), { encoding: 'cesu8' })).rows).toEqual([
      [3, 4],
      [5, 6],
    ]);
  });

  it('characters on the border of what is read at once', async () => {
    const content = `a,b\n${'é'.repeat(700_000)},1\n${'€😀'.repeat(300_000)},2\n`;
    expect(column(await inspectText(content), 'a')).toMatchObject({ shortest: 600_000, longest: 700_000 });
    expect(column(await inspectText(Buffer.from(`\ufeff${content}`, 'utf16le').swap16()), 'a')).toMatchObject({
      longest: 700_000,
    });
  });

  it('says how it was read', async () => {
    expect((await read('a;b\n1,5;x\n2;y')).readAs).toEqual({
      encoding: 'utf-8',
      delimiter: ';',
      hasHeader: true,
      decimalComma: true,
    });
    const declared = { encoding: 'Latin1', delimiter: ',', hasHeader: true };
    expect((await read('a,b\n1,x\n2,y', declared)).readAs).toEqual({ ...declared, encoding: 'latin1' });
  });

  const cell = fc.string({ unit: fc.constantFrom('a', ' ', ',', '"', '\n', '\r', 'é', ';') });
  const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 2, maxLength: 5 });
  const style = fc.record({
    end: fc.constantFrom('\n', '\r\n', '\r'),
    last: fc.boolean(),
    pad: fc.constantFrom('', ' '),
  });

  it('whatever stands in quotes', async () => {
    await fc.assert(
      fc.asyncProperty(table, style, async (rows, { end, last, pad }) => {
        const line = (cells: string[]) =>
          cells.map((value) => `${pad}"${value.replaceAll('"', '""')}"${pad}`).join(',');
        const content = ['x,y,z', ...rows.map(line)].join(end) + (last ? end : '');
        const shown = rows.map((row) => row.map((value) => (/^ *$/.test(value) ? null : value)));
        expect((await read(content, { delimiter: ',', hasHeader: true })).rows).toEqual(shown);
      }),
      { numRuns: 40 },
    );
  });
});

describe('inspectTable on JSON as it comes', () => {
  const RECORDS: Values = [
    ['x', 1, true],
    [null, 2.5, null],
  ];
  it.each([
    ['an array', '[{"a":"x","b":1,"c":true},{"a":null,"b":2.5}]'],
    ['an array over lines', ' [\r\n {"a": "x", "b": 1,\n "c": true } ,\n{"b": 2.5} ] \n'],
    ['lines', '{"a":"x","b":1,"c":true}\n{"b":2.5}'],
    ['lines with \\r\\n and blanks', '\r\n{"a":"x","b":1,"c":true}\r\n\r\n{"b":2.5}\r\n\r\n'],
    ['a byte order mark', '\ufeff[{"a":"x","b":1,"c":true},{"b":2.5}]'],
    ['lines with a byte order mark', '\ufeff{"a":"x","b":1,"c":true}\n{"b":2.5}'],
    ['UTF-16', Buffer.from('\ufeff[{"a":"x","b":1,"c":true},{"b":2.5}]', 'utf16le')],
  ])('%s', async (_, content) => {
    expect(await read(content, JSON_FORMAT)).toMatchObject({ columns: ['a', 'b', 'c'], rows: RECORDS });
  });

  it('names that come late, brackets in texts, nested values', async () => {
    const content = '[{"a":"]},["},{"a":"\\"\\\\","n":{"k":[1,"]"]}},{"b":"x\\ny","a":"é"}]';
    const inspection = await inspectText(content, JSON_FORMAT);
    expect(measured(inspection).preview).toEqual({
      columns: ['a', 'n', 'b'],
      rows: [
        [']},[', null, null],
        ['"\\', '{"k":[1,"]"]}', null],
        ['é', null, 'x\ny'],
      ],
    });
    expect(measured(inspection).features).toEqual(['a', 'b']);
    expect(column(inspection, 'n')).toMatchObject({ kind: 'nested', role: 'ignored', missing: 2 });
  });

  it('one name that is absent at times', async () => {
    const inspection = await inspectText('[{"a":1},{},{"a":3}]', JSON_FORMAT);
    expect(column(inspection, 'a')).toMatchObject({ kind: 'integer', missing: 1, mean: 2 });
  });

  it('records on the border of what is read at once', async () => {
    const records = Array.from({ length: 3 }, (_, index) => ({ a: `${index}${'é"]}'.repeat(200_000)}`, b: index }));
    const inspection = await inspectText(JSON.stringify(records), JSON_FORMAT);
    expect(column(inspection, 'a')).toMatchObject({ shortest: 800_001, longest: 800_001, distinct: 3 });
    expect(column(inspection, 'b')).toMatchObject({ min: 0, max: 2 });
  });
});

describe('inspectTable on Parquet as it comes', () => {
  it('values of all types', async () => {
    const inspection =
      await inspectParquet(`SELECT i::UTINYINT AS "a""b", i::UTINYINT + 10 AS ab, (i / 4)::DECIMAL(9, 2) AS d,
      i::HUGEINT * 9007199254740993 AS h, i = 1 AS yes, DATE '2020-01-01' + i::INT AS day,
      TIMESTAMP_NS '2020-01-01 10:00:00.5' AS ns, TIMESTAMPTZ '2020-01-01 10:00:00+02' AS tz, 'x' || i AS s,
      TIME '10:00' AS t, 'ab'::BLOB AS b, [i, 2] AS l, { p: i } AS st, MAP { 'k': i } AS m, NULL::INT AS none,
      CASE i WHEN 0 THEN 'NaN'::DOUBLE WHEN 1 THEN 'inf'::DOUBLE ELSE i END AS f FROM range(4) r(i)`);
    const { profile, features, preview } = measured(inspection);
    const kinds = Object.fromEntries(profile.columns.map(({ name, kind }) => [name, kind]));
    expect(kinds).toEqual({
      'a"b': 'integer',
      ab: 'integer',
      d: 'number',
      h: 'number',
      yes: 'boolean',
      day: 'date',
      ns: 'timestamp',
      tz: 'timestamp',
      s: 'text',
      t: 'text',
      b: 'text',
      l: 'nested',
      st: 'nested',
      m: 'nested',
      none: 'empty',
      f: 'number',
    });
    expect(features).not.toContain('l');
    expect(preview.rows[1]!.slice(0, 3)).toEqual([1, 11, 0.25]);
    expect(preview.rows[1]!.slice(4)).toEqual([
      true,
      '2020-01-02',
      '2020-01-01T10:00:00.5',
      '2020-01-01T08:00:00',
      'x1',
      '10:00:00',
      'ab',
      '[1,2]',
      '{"p":1}',
      '{"k":1}',
      null,
      null,
    ]);
    expect(column(inspection, 'f')).toMatchObject({ missing: 2, min: 2, max: 3, mean: 2.5 });
    expect(warnings(inspection)).toEqual(expect.arrayContaining(['not_finite_values f', 'empty_column none']));
  });
});

describe('inspectTable on much', () => {
  it('2,000 columns', async () => {
    const names = Array.from({ length: 2_000 }, (_, index) => `n${index}`);
    const row = (index: number) =>
      names.map((_, at) => (at % 4 === 3 ? `w${(index * at) % 7}` : (index * at) % 101)).join(',');
    const content = [names.join(','), ...Array.from({ length: 300 }, (_, index) => row(index))].join('\n');
    const { profile, preview, features } = measured(
      await inspectText(content, { features: ['n0', 'n1999'], targetColumn: 'n3' }),
    );
    expect([profile.columns.length, features.length]).toEqual([2_000, 2]);
    expect(profile.columns[1_998]).toMatchObject({ name: 'n1998', kind: 'integer', distinct: 101, min: 0, max: 100 });
    expect(profile.columns[1_999]).toMatchObject({ kind: 'text', distinct: 7, role: 'feature' });
    expect(profile.duplicateRows).toBeUndefined();
    expect(preview.columns).toHaveLength(PREVIEW_COLUMNS);
    expect(preview.rows).toHaveLength(PREVIEW_ROWS);
  });

  it('many rows, of which a late one is no number', async () => {
    const content = `a,b,late\n${Array.from({ length: 150_000 }, (_, index) => `${index % 1000},${'x'.repeat(300)},${index < 149_999 ? index : 'n/k'}`).join('\n')}`;
    const inspection = await inspectText(content);
    expect(column(inspection, 'a')).toMatchObject({
      kind: 'integer',
      approximate: true,
      min: 0,
      max: 999,
      mean: 499.5,
    });
    expect(column(inspection, 'a').quantiles!.p50).toBeCloseTo(500, -1);
    expect(column(inspection, 'late')).toMatchObject({ kind: 'text', distinct: 150_000, approximate: false });
    expect(measured(inspection).preview.rows[0]![1]).toHaveLength(PREVIEW_CHARACTERS);
  });

  it('gives up with too_complex where memory does not do', async () => {
    const names = Array.from({ length: 2_000 }, (_, index) => `n${index}`);
    const content = `${names.join(',')}\n${`${names.join(',')}\n`.repeat(300)}`;
    const inspection = await inspectText(content, { limits: { memoryMb: 1 } });
    expect(inspection.problems).toMatchObject([{ code: 'too_complex' }]);
  });
});
