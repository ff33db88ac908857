import iconv from 'iconv-lite';
import { DatasetFormat, DatasetType } from '../../../datasets/dataset-type.js';
import { inspectParquet, inspectText, problems, type Declared } from './inspection-task.arbitrary.js';

type Expected = [code: string, row?: number, column?: string];
type Case = [name: string, content: string | Buffer, declared: Declared, ...expected: Expected[]];

const { Classification, Regression, Nlp } = DatasetType;
const classes: Declared = { type: Classification, targetColumn: 't' };
const numbers: Declared = { type: Regression, targetColumn: 't' };
const json: Declared = { format: DatasetFormat.Json };
const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');

const CSV: Case[] = [
  ['no bytes', '', {}, ['file_empty']],
  ['a byte order mark alone', '\ufeff', {}, ['file_empty']],
  ['blank lines alone', '\n\r\n  \n', {}, ['file_empty']],
  ['a header alone', 'a,b\n', {}, ['no_rows']],
  ['a header and blank lines', 'a,b\r\n\r\n\r\n', {}, ['no_rows']],
  ['one row', 'a,b\n1,2\n', {}, ['too_few_rows']],
  ['NUL bytes', 'a,b\n1,2\n3,\0\n', {}, ['not_text', 3]],
  ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), {}, ['not_text', 3]],
  [
    'a picture said to be text',
    Buffer.from('89504e470d0a1a0a0000000d', 'hex'),
    { encoding: 'latin1' },
    ['not_text', 3],
  ],
  ['an unknown encoding', 'a,b\n1,2\n3,4', { encoding: 'utf-9' }, ['encoding_unknown']],
  ['base64, which is no character set', 'a,b\n1,2\n3,4', { encoding: 'base64' }, ['encoding_unknown']],
  [
    'latin-1 declared as UTF-8',
    Buffer.from('a,b\n1,2\nn\xe9,4', 'latin1'),
    { encoding: 'utf-8' },
    ['encoding_invalid', 3],
  ],
  ['a character cut off', Buffer.from([97, 10, 49, 10, 0xe2, 0x82]), { encoding: 'utf8' }, ['encoding_invalid', 3]],
  [
    'broken shift_jis',
    Buffer.concat([iconv.encode('名,b\r\n値,2\r\n', 'shift_jis'), Buffer.from([0x81, 0x0a])]),
    { encoding: 'shift_jis' },
    ['encoding_invalid', 3],
  ],
  ['half a surrogate pair', Buffer.from('\ufeffa,b\n1,2\n3,\ud800\n', 'utf16le'), {}, ['encoding_invalid', 3]],
  ['bytes of no encoding', Buffer.from([97, 10, 49, 10, 0x81, 10]), {}, ['encoding_invalid', 3]],
  ['the same name twice', 'a,b,a\n1,2,3\n4,5,6', {}, ['header_duplicate', 1, 'a']],
  ['a repeated name behind blank lines', '\n\na,b,a\nx,y,z\nx,y,z', {}, ['header_duplicate', 3, 'a']],
  ['no name', 'a,,c\n1,2,3\n4,5,6', { hasHeader: true }, ['header_empty', 1]],
  ['two faults of names', 'a, ,a\nx,y,z\nx,y,z', {}, ['header_empty', 1], ['header_duplicate', 1, 'a']],
  ['a short row', 'a,b,c\nx,y,z\nx,y\n', {}, ['row_too_short', 3, 'c']],
  ['a long row', 'a,b\nx,y\nx,y,z\n', {}, ['row_too_long', 3]],
  [
    'short and long rows',
    'a,b\nx\nx,y,z\nx,y\ny',
    {},
    ['row_too_short', 2, 'b'],
    ['row_too_long', 3],
    ['row_too_short', 5, 'b'],
  ],
  ['a short row behind newlines in quotes', 'a,b\n"x\ny\r\nz",1\r\n\r\nx\r\n', {}, ['row_too_short', 6, 'b']],
  ['a header that is too short', 'a,b\nx,y,z\nx,y,z', {}, ['row_too_long', 2], ['row_too_long', 3]],
  ['a quote without end', 'a,b\nx,y\nx,"y\nx,y\n', {}, ['quote_unterminated', 3, 'b']],
  ['an endless name', `a,${'x'.repeat(201)}\n1,2\n`, {}, ['column_name_too_long', 1]],
  ['a quote without end in the header', '"a,b\nx,y\n', {}, ['quote_unterminated', 1]],
  ['text behind a quote', 'a,b\n"x"y,z\nx,y\n', {}, ['quote_misplaced', 2, 'a']],
  ['a quote within quotes', 'a,b\nx,y\nx,"say "hi" there"\n', {}, ['quote_misplaced', 3, 'b']],
  ['a row of 9 MiB', `a,b\nx,y\nx,${'y'.repeat(9 << 20)}\n`, {}, ['line_too_long', 3]],
  ['a quote that swallows 9 MiB', `a,b\nx,"${'y\n'.repeat(9 << 19)}`, {}, ['quote_unterminated', 2, 'b']],
  ['a delimiter of two characters', 'a,b\n1,2\n3,4', { delimiter: '||' }, ['delimiter_invalid']],
  ['a quote for a delimiter', 'a,b\n1,2\n3,4', { delimiter: '"' }, ['delimiter_invalid']],
  ['a letter for a delimiter', 'a,b\n1,2\n3,4', { delimiter: 'x' }, ['delimiter_invalid']],
  ['more columns than allowed', 'a,b,c\n1,2,3\n4,5,6', { limits: { maxColumns: 2 } }, ['too_many_columns']],
  ['no such feature', 'a,b\n1,2\n3,4', { features: ['a', 'c'] }, ['feature_missing', undefined, 'c']],
  ['no such target', 'a,b\n1,2\n3,4', classes, ['target_missing', undefined, 't']],
  ['the wrong delimiter', 'a;t\n1;x\n3;y', { ...classes, delimiter: ',' }, ['delimiter_wrong']],
  [
    'names missing, and rows short',
    'a,b\nx,y\nx',
    { ...classes, features: ['z'] },
    ['feature_missing', undefined, 'z'],
    ['target_missing', undefined, 't'],
    ['row_too_short', 3, 'b'],
  ],
  ['a target alone', 't\nx\ny\nx\n', classes, ['no_features']],
  ['a target without values', 'a,t\n1,\n2, \n', classes, ['target_empty', undefined, 't']],
  ['a target of NaN', 'a,t\n1,NaN\n2,nan\n', numbers, ['target_empty', undefined, 't']],
  ['a target of NA', 'a,t\n1,NA\n2,NA\n', numbers, ['target_empty', undefined, 't']],
  ['one class', 'a,t\n1,x\n2,x\n3,\n', classes, ['target_single_class', undefined, 't']],
  ['one class of texts', 'a,t\n1,x\n2,x\n', { ...classes, type: Nlp }, ['target_single_class', undefined, 't']],
  [
    'a class for every row',
    `a,t\n${lines(20, (i) => `1,c${i}`)}`,
    classes,
    ['target_too_many_classes', undefined, 't'],
  ],
  [
    '1,001 classes',
    `a,t\n${lines(3000, (i) => `1,c${i % 1001}`)}`,
    classes,
    ['target_too_many_classes', undefined, 't'],
  ],
  [
    'texts for regression',
    'a,t\n1,2.5\n2,"n\no"\n3,NA\n4,high\n',
    numbers,
    ['target_not_numeric', 3, 't'],
    ['target_not_numeric', 6, 't'],
  ],
  [
    'dates for regression',
    'a,t\n1,2020-01-01\n\n2,2020-01-02\n',
    numbers,
    ['target_not_numeric', 2, 't'],
    ['target_not_numeric', 4, 't'],
  ],
  [
    'booleans for regression, no header',
    '1.5,true\n2.5,false\n',
    { ...numbers, targetColumn: 'column_2' },
    ['target_not_numeric', 1, 'column_2'],
    ['target_not_numeric', 2, 'column_2'],
  ],
];

const JSON_CASES: Case[] = [
  ['no bytes', '', json, ['file_empty']],
  ['white space', ' \n\t', json, ['file_empty']],
  ['an empty array', '[]', json, ['no_rows']],
  ['one record', '[{"a":1}]', json, ['too_few_rows']],
  ['a number', '42', json, ['json_not_records']],
  ['a text', '"a"', json, ['json_not_records']],
  ['no JSON', 'hello', json, ['json_malformed', 1]],
  ['csv', 'a,b\n1,2\n', json, ['json_malformed', 1]],
  ['an array of numbers', '[1, 2, 3]', json, ['json_not_records', 1]],
  ['an array of arrays', '[[1, 2], [3, 4]]', json, ['json_not_records', 1]],
  ['null among objects', '[{"a":1}, null, {"a":2}]', json, ['json_not_records', 2]],
  ['an object around the records', '{"data": [{"a":1},{"a":2}]}', json, ['json_not_records']],
  ['an object over lines', '{\n "data": [\n{"a":1},\n{"a":2}]}\n', json, ['json_not_records']],
  ['a name that is nothing', '[{"":1,"b":2},{"":2,"b":3}]', json, ['header_empty']],
  ['an endless name', `[{"a":1},{"${'x'.repeat(201)}":2}]`, json, ['column_name_too_long', 2]],
  [
    'records that come to a hundred times their size',
    `{${Array.from({ length: 9_000 }, (_, index) => `"c${index}":1`).join()}}\n${'{"c0":1}\n'.repeat(12_000)}`,
    json,
    ['expanded_too_large'],
  ],
  ['a name twice', '[{"a":1},{"b":{"a":"\\"}:"},"a":1,"\\u0061":2}]', json, ['json_duplicate_name', 2, 'a']],
  ['empty objects', '[{}, {}]', json, ['json_not_records']],
  ['an array cut off', '[{"a":1},{"a":2},{"a', json, ['json_malformed', 3]],
  ['an array cut off between records', '[{"a":1},{"a":2},', json, ['json_malformed', 2]],
  ['a comma too many', '[{"a":1},{"a":2},]', json, ['json_malformed', 3]],
  ['no comma', '[{"a":1} {"a":2}]', json, ['json_malformed', 1]],
  ['something behind the array', '[{"a":1},{"a":2}] x', json, ['json_malformed', 2]],
  ['single quotes', "[{'a':1}]", json, ['json_malformed', 1]],
  ['NaN', '[{"a":1},{"a":NaN}]', json, ['json_malformed', 2]],
  ['brackets that do not match', '[{"a":1},{"a":[1}}]', json, ['json_malformed', 2]],
  ['a broken line', '{"a":1}\n\n{"a":2}\n{"a":\n{"a":4}\n', json, ['json_malformed', 4]],
  ['a line that is no object', '{"a":1}\n[2]\n', json, ['json_not_records', 2]],
  ['latin-1', Buffer.from('[{"a":"\xe9"}]', 'latin1'), json, ['encoding_invalid', 1]],
  ['a record of 9 MiB', `[{"a":1},{"a":"${'x'.repeat(9 << 20)}"}]`, json, ['line_too_long', 2]],
  ['too many names', '[{"a":1},{"b":1},{"c":1}]', { ...json, limits: { maxColumns: 2 } }, ['too_many_columns']],
  [
    'records that grow',
    `[${lines(500, (i) => `{"k${i}":1},`)}{}]`,
    { ...json, limits: { maxExpandedBytes: 10_000 } },
    ['expanded_too_large'],
  ],
  [
    'a feature that is nested',
    '[{"a":[1]},{"a":[2]}]',
    { ...json, features: ['a'] },
    ['feature_nested', undefined, 'a'],
  ],
  ['nothing but nested values', '[{"a":[1]},{"a":[2]}]', json, ['no_features']],
  [
    'a target that is nested',
    '[{"a":1,"t":{"b":1}},{"a":2,"t":{"b":2}}]',
    { ...json, ...classes },
    ['target_nested', undefined, 't'],
  ],
  [
    'a target by another name',
    '[{"a":1,"T":"x"},{"a":2,"T":"y"}]',
    { ...json, ...classes },
    ['target_missing', undefined, 't'],
  ],
  ['texts for regression', '[{"a":1,"t":1},{"a":2,"t":"?"}]', { ...json, ...numbers }, ['target_not_numeric', 2, 't']],
  [
    'texts in lines for regression',
    '{"a":1,"t":1}\n\n{"a":2,"t":"?"}\n',
    { ...json, ...numbers },
    ['target_not_numeric', 3, 't'],
  ],
];

const expectation = (expected: readonly Expected[]) =>
  expected.map(([code, row, column]) => ({
    code,
    detail: expect.stringMatching(/^[A-Z].+\.$|\?$/s),
    ...(row === undefined ? {} : { row }),
    ...(column === undefined ? {} : { column }),
  }));

describe('inspectTable on content that cannot be trained on', () => {
  it.each(CSV)('csv: %s', async (_, content, declared, ...expected) => {
    expect(problems(await inspectText(content, declared))).toEqual(expectation(expected));
  });

  it.each(JSON_CASES)('json: %s', async (_, content, declared, ...expected) => {
    expect(problems(await inspectText(content, declared))).toEqual(expectation(expected));
  });

  const FIVE = 'SELECT i AS a, [i] AS l, i % 2 AS "T" FROM range(5) r(i)';
  const LARGE = `SELECT i AS a, repeat('x', 1000) AS b FROM range(20000) r(i)`;
  it.each<[string, string, Declared, (file: Buffer) => Buffer, ...Expected[]]>([
    ['no bytes', FIVE, {}, () => Buffer.alloc(0), ['file_empty']],
    ['text', FIVE, {}, () => Buffer.from('hello'.repeat(100)), ['parquet_malformed']],
    ['a few bytes', FIVE, {}, () => Buffer.from('PAR1'), ['parquet_malformed']],
    ['a file cut off', FIVE, {}, (file) => file.subarray(0, file.length - 20), ['parquet_malformed']],
    [
      'a footer that lies about the rows',
      'SELECT range AS a FROM range(77777)',
      {},
      (file) => {
        // 77,777 as the footer writes it, and a million less one.
        const told = file.indexOf(Buffer.from('a2bf09', 'hex'), file.length - 8 - file.readUInt32LE(file.length - 8));
        file.set([0xfe, 0x88, 0x7a], told);
        return file;
      },
      ['parquet_malformed'],
    ],
    ['damaged pages', LARGE, {}, (file) => file.fill(0xff, 40, 400), ['parquet_malformed']],
    [
      'a damaged footer',
      FIVE,
      {},
      (file) => file.fill(0x33, file.length - 300, file.length - 8),
      ['parquet_malformed'],
    ],
    ['an encrypted footer', FIVE, {}, (file) => (file.write('PARE', file.length - 4), file), ['parquet_encrypted']],
    ['no rows', `${FIVE} WHERE i > 9`, {}, (file) => file, ['no_rows']],
    ['one row', `${FIVE} WHERE i > 3`, {}, (file) => file, ['too_few_rows']],
    [
      'a text that a dictionary repeats',
      LARGE,
      { limits: { maxExpandedBytes: 1e7 } },
      (file) => file,
      ['expanded_too_large'],
    ],
    [
      'a number that repeats',
      'SELECT 1::BIGINT AS a FROM range(2000000)',
      { limits: { maxExpandedBytes: 1e7 } },
      (file) => file,
      ['expanded_too_large'],
    ],
    ['more columns than allowed', FIVE, { limits: { maxColumns: 2 } }, (file) => file, ['too_many_columns']],
    ['a nested feature', FIVE, { features: ['l'] }, (file) => file, ['feature_nested', undefined, 'l']],
    ['a target in another case', FIVE, classes, (file) => file, ['target_missing', undefined, 't']],
    [
      'booleans for regression',
      'SELECT i AS a, i > 1 AS t FROM range(3) r(i)',
      numbers,
      (file) => file,
      ...[1, 2, 3].map((row): Expected => ['target_not_numeric', row, 't']),
    ],
  ])('parquet: %s', async (_, query, declared, damage, ...expected) => {
    expect(problems(await inspectParquet(query, declared, damage))).toEqual(expectation(expected));
  });

  it('reports the first twenty problems', async () => {
    const found = problems(await inspectText(`a,b\n${'x\n'.repeat(50)}`, { delimiter: ',' }));
    expect(found.map(({ row }) => row)).toEqual(Array.from({ length: 20 }, (_, index) => index + 2));
  });

  it('says which name was most likely meant', async () => {
    const [problem] = problems(await inspectText('a,b, T \n1,2,3\n4,5,6', classes));
    expect(problem!.detail).toContain('Did you mean "T"?');
    const [inBlanks] = problems(await inspectText('[{"a":1," t":"x"},{"a":2," t":"y"}]', { ...json, ...classes }));
    expect(inBlanks!.detail).toContain('" t" is; rename it');
    const [unlike] = problems(await inspectText('a,b,c\n1,2,3\n4,5,6', classes));
    expect(unlike!.detail).toContain('Its columns are "a", "b", "c".');
  });

  it.each([
    ['gzip', '1f8b0800000000', 'compressed with gzip'],
    ['a zip archive', '504b0304140000', 'a zip archive, as Excel workbooks are too'],
  ])('names the format of %s', async (_, start, named) => {
    const content = Buffer.concat([Buffer.from(start, 'hex'), Buffer.alloc(100)]);
    const [problem] = problems(await inspectText(content));
    expect(problem).toMatchObject({ code: 'not_text', detail: expect.stringContaining(named) as string });
  });

  it('says where the records are', async () => {
    const [problem] = problems(await inspectText('{"n": 1, "data": [{"a":1},{"a":2}]}', json));
    expect(problem!.detail).toContain('upload the array under "data"');
  });
});
