import { remedyFor } from './remedy.js';

const withCode = (code?: string) => Object.assign(new Error('database'), { code });

describe('remedyFor', () => {
  it.each(['22P05', '22003', '23505', '23514', '54001'])('refuses the data behind %s', (code) => {
    expect(remedyFor(withCode(code))).toBe('refuse');
  });

  it.each([
    '08006',
    '40P01',
    '40001',
    '53300',
    '57P01',
    '25006',
    '55P03',
    '58030',
    'ECONNREFUSED',
    'ECONNRESET',
    undefined,
  ])('waits out %s', (code) => {
    expect(remedyFor(withCode(code))).toBe('retry');
  });

  it.each(['42703', '42P01', '0A000'])('passes on %s: trying again would not help', (code) => {
    expect(remedyFor(withCode(code))).toBe('throw');
  });

  it('takes our own bugs for what they are', () => {
    expect(remedyFor(new TypeError('x is not a function'))).toBe('throw');
  });
});
