import { idempotencyKey } from './idempotency-key.js';
import { InvalidIdempotencyKeyError } from './idempotency.errors.js';

describe('idempotencyKey', () => {
  it('is null without the header', () => {
    expect(idempotencyKey(undefined)).toBeNull();
  });

  it.each([
    ['8e03978e-40d5-43dd-bc93-6894a57f9324', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
    ['"8e03978e-40d5-43dd-bc93-6894a57f9324"', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
    ['a', 'a'],
    ['"a\\"b\\\\c"', 'a"b\\c'],
    ['a"b\\c', 'a"b\\c'],
    ['a,b;c=d', 'a,b;c=d'],
    ['k'.repeat(255), 'k'.repeat(255)],
    [`"${'k'.repeat(255)}"`, 'k'.repeat(255)],
  ])('reads %s', (value, key) => {
    expect(idempotencyKey([value])).toBe(key);
  });

  it.each([
    ...['', ' ', '""', '"', '"a', '"a"b"', '"a\\', '"a\\"', '"a\\b"', '"a";p=1', 'a b', '"a b"', 'a\tb', 'é', '"é"'],
    ...['\u007f', 'k'.repeat(256), `"${'k'.repeat(256)}"`, 'a, b'],
  ])('refuses %p', (value) => {
    expect(() => idempotencyKey([value])).toThrow(InvalidIdempotencyKeyError);
  });

  it('refuses a repeated header, even of one key', () => {
    expect(() => idempotencyKey(['a', 'a'])).toThrow(InvalidIdempotencyKeyError);
  });
});
