import { lockNumber } from './lock-number.js';

describe('lockNumber', () => {
  it('is the same for the same key of the same tenant, in every process and release', () => {
    expect(lockNumber('default', 'a')).toBe('4203200083635693769');
  });

  it('fits a bigint', () => {
    for (let index = 0; index < 1_000; index++) {
      const number = BigInt(lockNumber('default', `key-${index}`));
      expect(BigInt.asIntN(64, number)).toBe(number);
    }
  });

  it('keeps tenants and keys apart, wherever one ends and the other begins', () => {
    const numbers = [lockNumber('a', 'bc'), lockNumber('ab', 'c'), lockNumber('a","b', 'c'), lockNumber('a', 'b","c')];
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});
