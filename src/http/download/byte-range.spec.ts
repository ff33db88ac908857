import { byteRange } from './byte-range.js';

describe('byteRange', () => {
  it.each([
    ['the beginning', 'bytes=0-4', { start: 0, end: 4 }],
    ['the rest', 'bytes=7-', { start: 7, end: 9 }],
    ['the last bytes', 'bytes=-3', { start: 7, end: 9 }],
    ['more last bytes than there are', 'bytes=-30', { start: 0, end: 9 }],
    ['an end behind the last byte', 'bytes=8-99', { start: 8, end: 9 }],
    ['the unit in capitals, and spaces', 'BYTES= 1-2 ', { start: 1, end: 2 }],
    ['a first byte behind the last', 'bytes=10-', 'unsatisfiable'],
    ['no last bytes at all', 'bytes=-0', 'unsatisfiable'],
    ['an end before its beginning', 'bytes=5-4', null],
    ['several ranges', 'bytes=0-1,3-4', null],
    ['neither beginning nor end', 'bytes=-', null],
    ['another unit', 'rows=0-4', null],
    ['no header', undefined, null],
  ])('%s', (_, header, range) => {
    expect(byteRange(header, 10)).toEqual(range);
  });

  it('finds nothing in an empty object', () => {
    expect([byteRange('bytes=0-', 0), byteRange('bytes=-1', 0)]).toEqual(['unsatisfiable', 'unsatisfiable']);
  });
});
