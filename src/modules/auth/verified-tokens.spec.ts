import { createSecretKey } from 'node:crypto';
import { VerifiedTokens } from './verified-tokens.js';

const NOW = 1_900_000_000_000;
const key = { algorithm: 'HS256' as const, key: createSecretKey(Buffer.from('s'.repeat(32))) };
const until = (expiresAt: number) => ({
  ...{ key, wanted: { alg: 'HS256' } },
  principal: { sub: 'alice', tenant: 'default', roles: [], issuedAt: null, expiresAt: new Date(expiresAt) },
});

describe('verified tokens', () => {
  let now = NOW;
  let tokens: VerifiedTokens;
  beforeEach(() => {
    now = NOW;
    tokens = new VerifiedTokens(() => now, 2);
  });

  it('are known until they end', () => {
    tokens.add('a', until(NOW + 1_000), NOW);
    now = NOW + 999;
    expect(tokens.find('a')).toMatchObject(until(NOW + 1_000));
    now = NOW + 1_000;
    expect(tokens.find('a')).toBeUndefined();
  });

  it('are not known to a clock that was put back: what had begun may not have begun', () => {
    tokens.add('a', until(NOW + 1_000), NOW);
    now = NOW - 1;
    expect(tokens.find('a')).toBeUndefined();
  });

  it('are known by the whole of their text', () => {
    tokens.add('a', until(NOW + 1_000), NOW);
    expect(tokens.find('A')).toBeUndefined();
  });

  it('are forgotten where there are too many, the first ones first', () => {
    for (const token of ['a', 'b', 'c']) tokens.add(token, until(NOW + 1_000), NOW);
    expect(['a', 'b', 'c'].map((token) => tokens.find(token) !== undefined)).toEqual([false, true, true]);
  });
});
