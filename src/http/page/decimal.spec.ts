import fc from 'fast-check';
import { decimal } from './decimal.js';

describe('a decimal', () => {
  it('is the number that its text says, to the last bit', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        expect(decimal(String(number))).toBe(Number(String(number)));
      }),
    );
  });

  it.each(['', ' ', '1 ', '+1', '.5', '1.', '0x10', '1e', 'NaN', 'Infinity', '-', '1,5', '١', '1'.repeat(41)])(
    'is not %p',
    (text) => {
      expect(decimal(text)).toBe(text);
    },
  );

  it.each([['1'], 5, undefined, null])('leaves %p alone', (value) => {
    expect(decimal(value)).toBe(value);
  });
});
