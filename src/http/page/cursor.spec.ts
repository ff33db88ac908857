import fc from 'fast-check';
import { type CursorScope, decodeCursor, encodeCursor } from './cursor.js';
import { InvalidCursorError } from './page.errors.js';

const KEY = Buffer.from('k'.repeat(32));
const SCOPE: CursorScope = { list: 'jobs', tenant: 'acme', filters: { status: ['running'], modelType: undefined } };
const refused = (scope: CursorScope, cursor: string, key = KEY) =>
  expect(() => decodeCursor([key], scope, cursor)).toThrow(InvalidCursorError);

describe('a cursor', () => {
  it('gives back the id it was made of', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'binary' }), (id) => {
        fc.pre(!/\p{Cs}/u.test(id));
        expect(decodeCursor([KEY], SCOPE, encodeCursor(KEY, SCOPE, id))).toBe(id);
      }),
    );
  });

  it('does not care about the order of filters, nor about those that are not given', () => {
    const cursor = encodeCursor(KEY, { ...SCOPE, filters: { a: ['1'], b: ['2'] } }, 'job_1');
    expect(decodeCursor([KEY], { ...SCOPE, filters: { b: ['2'], c: undefined, a: ['1'] } }, cursor)).toBe('job_1');
  });

  it('is bound to its list, tenant and filters, and to the key', () => {
    const cursor = encodeCursor(KEY, SCOPE, 'job_1');
    refused({ ...SCOPE, list: 'datasets' }, cursor);
    refused({ ...SCOPE, tenant: 'other' }, cursor);
    refused({ ...SCOPE, filters: {} }, cursor);
    refused({ ...SCOPE, filters: { status: ['running', 'pending'] } }, cursor);
    refused(SCOPE, cursor, Buffer.from('x'.repeat(32)));
  });

  it('is known by the key before as well', () => {
    const before = Buffer.from('b'.repeat(32));
    expect(decodeCursor([KEY, before], SCOPE, encodeCursor(before, SCOPE, 'job_1'))).toBe('job_1');
  });

  it('cannot be changed', () => {
    const cursor = encodeCursor(KEY, SCOPE, 'job_1');
    for (let i = 0; i < cursor.length; i++) {
      const other = cursor[i] === 'A' ? 'B' : 'A';
      refused(SCOPE, cursor.slice(0, i) + other + cursor.slice(i + 1));
    }
  });

  it.each(['', 'abc', '=', '%%%', 'a'.repeat(22), `${encodeCursor(KEY, SCOPE, 'job_1')}=`])('refuses %p', (text) => {
    refused(SCOPE, text);
  });
});
