import iconv from 'iconv-lite';

export type Bytes = string | Uint8Array<ArrayBuffer>;

/** Content that cannot be used, and what is to be said of it. */
export interface BadContent {
  what: string;
  bytes: Bytes | (() => Promise<Bytes>);
  /** How it is declared, beside being an upload for classification with the target `y`. */
  declared?: Record<string, unknown>;
  metadata?: Record<string, unknown>;
  problem: { code: string; row?: number; column?: string };
}

const bytes = (buffer: Buffer): Uint8Array<ArrayBuffer> => Uint8Array.from(buffer);
const rows = (count: number, row: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => row(i)).join('\n');
const regression = { type: 'regression' };

export const BAD_CSV: readonly BadContent[] = [
  { what: 'blank lines alone', bytes: '\n\n \n', problem: { code: 'file_empty' } },
  { what: 'a header alone', bytes: 'x,y\n', problem: { code: 'no_rows' } },
  { what: 'a header without an end of line', bytes: 'x,y', problem: { code: 'no_rows' } },
  { what: 'one row', bytes: 'x,y\n1,a\n', problem: { code: 'too_few_rows' } },
  {
    what: 'a row that is too short',
    bytes: 'x,z,y\n1,2,a\n3,b\n4,5,c\n',
    problem: { code: 'row_too_short', row: 3, column: 'y' },
  },
  { what: 'a row that is too long', bytes: 'x,y\n1,a\n2,b,c\n', problem: { code: 'row_too_long', row: 3 } },
  {
    what: 'a short row behind a value of several lines',
    bytes: 'x,z,y\n1,"two\nlines",a\n3\n',
    problem: { code: 'row_too_short', row: 4, column: 'z' },
  },
  { what: 'a long row with CRLF', bytes: 'x,y\r\n1,a\r\n2,b\r\n3,c,d\r\n', problem: { code: 'row_too_long', row: 4 } },
  {
    what: 'a quote that never ends',
    bytes: 'x,y\n1,a\n2,"b\n3,c\n',
    problem: { code: 'quote_unterminated', row: 3, column: 'y' },
  },
  {
    what: 'text behind a quote',
    bytes: 'x,y\n1,a\n"2"3,b\n4,c\n',
    problem: { code: 'quote_misplaced', row: 3, column: 'x' },
  },
  {
    what: 'a quote in the header that never ends',
    bytes: `x,"y\n${rows(3, (i) => `${i},a`)}`,
    problem: { code: 'quote_unterminated', row: 1 },
  },
  {
    what: 'a header twice',
    bytes: 'x,x,y\n1,2,a\n3,4,b\n',
    problem: { code: 'header_duplicate', row: 1, column: 'x' },
  },
  { what: 'a header without a name', bytes: 'x,,y\n1,2,a\n3,4,b\n', problem: { code: 'header_empty', row: 1 } },
  { what: 'a NUL', bytes: 'x,y\n1,a\n2,b\0\n', problem: { code: 'not_text', row: 3 } },
  {
    what: 'bytes of no text',
    bytes: bytes(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0])),
    problem: { code: 'not_text', row: 1 },
  },
  {
    what: 'bytes that are not the declared UTF-8',
    bytes: bytes(Buffer.from('x,y\n1,a\n2,\xfc\n', 'latin1')),
    metadata: { encoding: 'utf-8' },
    problem: { code: 'encoding_invalid', row: 3 },
  },
  {
    what: 'bytes that are not the declared Shift JIS',
    bytes: bytes(Buffer.concat([iconv.encode('x,y\n1,あ\n', 'shift_jis'), Buffer.from([0x81, 0x0a, 0x31])])),
    metadata: { encoding: 'shift_jis' },
    problem: { code: 'encoding_invalid', row: 3 },
  },
  {
    what: 'an encoding that nobody knows',
    bytes: 'x,y\n1,a\n2,b\n',
    metadata: { encoding: 'klingon-8' },
    problem: { code: 'encoding_unknown' },
  },
  {
    what: 'a delimiter of two characters',
    bytes: 'x,y\n1,a\n2,b\n',
    metadata: { delimiter: '::' },
    problem: { code: 'delimiter_invalid' },
  },
  {
    what: 'a quote for a delimiter',
    bytes: 'x,y\n1,a\n2,b\n',
    metadata: { delimiter: '"' },
    problem: { code: 'delimiter_invalid' },
  },
  {
    what: 'another delimiter than was declared',
    bytes: 'x;y\n1;a\n2;b\n',
    metadata: { delimiter: ',' },
    problem: { code: 'delimiter_wrong' },
  },
  {
    what: 'a header that was declared not to be one',
    bytes: 'x,y\n1,a\n2,b\n',
    metadata: { hasHeader: false },
    problem: { code: 'target_missing', column: 'y' },
  },
  {
    what: 'more columns than there may be',
    bytes: `${rows(10_001, (i) => `c${i}`).replaceAll('\n', ',')}\n`,
    problem: { code: 'too_many_columns' },
  },
  {
    what: 'a feature that is not there',
    bytes: 'x,y\n1,a\n2,b\n',
    declared: { features: ['x', 'z'] },
    problem: { code: 'feature_missing', column: 'z' },
  },
  {
    what: 'a feature of another case',
    bytes: 'x,y\n1,a\n2,b\n',
    declared: { features: ['X'] },
    problem: { code: 'feature_missing', column: 'X' },
  },
  { what: 'a target that is not there', bytes: 'x,z\n1,a\n2,b\n', problem: { code: 'target_missing', column: 'y' } },
  { what: 'a target without a value', bytes: 'x,y\n1,\n2,\n', problem: { code: 'target_empty', column: 'y' } },
  { what: 'one class alone', bytes: 'x,y\n1,a\n2,a\n', problem: { code: 'target_single_class', column: 'y' } },
  {
    what: 'a class for each row',
    bytes: `x,y\n${rows(20, (i) => `1,name ${i}`)}\n`,
    problem: { code: 'target_too_many_classes', column: 'y' },
  },
  {
    what: 'more classes than there may be',
    bytes: `x,y\n${rows(2_002, (i) => `1,k${i % 1_001}`)}\n`,
    problem: { code: 'target_too_many_classes', column: 'y' },
  },
  {
    what: 'a text among the numbers to predict',
    bytes: 'x,y\n1,1.5\n2,about two\n3,3\n',
    declared: regression,
    problem: { code: 'target_not_numeric', row: 3, column: 'y' },
  },
  {
    what: 'dates to predict',
    bytes: 'x,y\n1,2026-01-01\n2,2026-01-02\n',
    declared: regression,
    problem: { code: 'target_not_numeric', row: 2, column: 'y' },
  },
];

export const BAD_JSON: readonly BadContent[] = [
  { what: 'blanks alone', bytes: '  \n ', problem: { code: 'file_empty' } },
  { what: 'a text', bytes: '"text"', problem: { code: 'json_not_records' } },
  { what: 'a number', bytes: '42', problem: { code: 'json_not_records' } },
  { what: 'a csv', bytes: 'x,y\n1,a\n', problem: { code: 'json_malformed', row: 1 } },
  { what: 'an empty array', bytes: '[]', problem: { code: 'no_rows' } },
  { what: 'an array of numbers', bytes: '[1, 2]', problem: { code: 'json_not_records', row: 1 } },
  {
    what: 'records with a number among them',
    bytes: '[{"x":1,"y":"a"}, 2]',
    problem: { code: 'json_not_records', row: 2 },
  },
  { what: 'one record', bytes: '{"x":1,"y":"a"}', problem: { code: 'too_few_rows' } },
  { what: 'an array that breaks off', bytes: '[{"x":1,"y":"a"},\n{"x":2', problem: { code: 'json_malformed', row: 2 } },
  {
    what: 'a comma too many',
    bytes: '[\n{"x":1,"y":"a"},\n{"x":2,"y":"b"},\n]',
    problem: { code: 'json_malformed', row: 3 },
  },
  {
    what: 'a line that is no JSON',
    bytes: '{"x":1,"y":"a"}\n{"x":2,"y":"b"}\n{"x":,}\n',
    problem: { code: 'json_malformed', row: 3 },
  },
  {
    what: 'a line that breaks off',
    bytes: '{"x":1,"y":"a"}\n{"x":2,"y":"b',
    problem: { code: 'json_malformed', row: 2 },
  },
  {
    what: 'the same key twice',
    bytes: '[{"x":1,"x":2,"y":"a"},{"x":1,"y":"b"}]',
    problem: { code: 'json_duplicate_name', row: 1, column: 'x' },
  },
  {
    what: 'bytes that are no UTF-8',
    bytes: bytes(Buffer.from('[{"x":1,"y":"\xe4"}]', 'latin1')),
    metadata: { encoding: 'utf-8' },
    problem: { code: 'encoding_invalid', row: 1 },
  },
  {
    what: 'a target of lists',
    bytes: '[{"x":1,"y":[1]},{"x":2,"y":[2]}]',
    problem: { code: 'target_nested', column: 'y' },
  },
  {
    what: 'a declared feature of structures',
    bytes: '[{"x":{"a":1},"y":"a"},{"x":{"a":2},"y":"b"}]',
    declared: { features: ['x'] },
    problem: { code: 'feature_nested', column: 'x' },
  },
  { what: 'a target that is not there', bytes: '[{"x":1},{"x":2}]', problem: { code: 'target_missing', column: 'y' } },
].map((content) => ({ ...content, metadata: { ...content.metadata, format: 'json' } }));
