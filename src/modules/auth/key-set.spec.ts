import { createSecretKey } from 'node:crypto';
import { KeysUnavailableError } from './auth.errors.js';
import { KEPT_MS, KeySet, REREAD_MS, RETRY_MS, STALE_MS } from './key-set.js';
import type { VerificationKey } from './verification-key.js';

const keyOf = (kid: string, algorithm: VerificationKey['algorithm'] = 'RS256'): VerificationKey => ({
  kid,
  algorithm,
  key: createSecretKey(Buffer.from(kid)),
});

/** An issuer whose keys the test sets, and a clock that it moves. */
class Issuer {
  keys: VerificationKey[] | Error = [keyOf('a')];
  reads = 0;
  now = 0;
  readonly outcomes: unknown[] = [];
  readonly set = new KeySet({ read: () => this.read(), tell: (it) => this.outcomes.push(it), now: () => this.now });

  read(): Promise<VerificationKey[]> {
    this.reads += 1;
    return Array.isArray(this.keys) ? Promise.resolve(this.keys) : Promise.reject(this.keys);
  }

  async find(kid: string | undefined, alg = 'RS256'): Promise<string | undefined> {
    return (await this.set.find({ kid, alg }))?.kid;
  }
}

describe('the choice of a key', () => {
  let issuer: Issuer;
  beforeEach(() => (issuer = new Issuer()));

  it('goes by kid, and holds the key to its algorithm', async () => {
    issuer.keys = [keyOf('a'), keyOf('b', 'ES256'), keyOf('c'), keyOf('c', 'ES256'), keyOf('d'), keyOf('d')];
    expect(await issuer.find('b', 'ES256')).toBe('b');
    for (const alg of ['RS256', 'HS256', 'none']) expect(await issuer.find('b', alg)).toBeUndefined();
    expect(await issuer.find('c', 'ES256')).toBe('c');
    expect(await issuer.find('d')).toBeUndefined();
    expect(await issuer.set.find({ kid: 5, alg: 'RS256' })).toBeUndefined();
    expect(issuer.reads).toBe(1);
  });

  it('needs no kid where there is no choice', async () => {
    expect(await issuer.find(undefined)).toBe('a');
    expect(await issuer.find(undefined, 'HS256')).toBeUndefined();
    const other = new Issuer();
    other.keys = [keyOf('a'), keyOf('b', 'ES256')];
    expect(await other.find(undefined)).toBeUndefined();
  });
});

describe('a key set', () => {
  let issuer: Issuer;
  beforeEach(() => (issuer = new Issuer()));

  it('is read once for all who ask at once', async () => {
    expect(await Promise.all(['a', 'a', 'a'].map((kid) => issuer.find(kid)))).toEqual(['a', 'a', 'a']);
    expect(issuer.reads).toBe(1);
  });

  it('is read again for a key that is not there, once for all, and no more for half a minute', async () => {
    await issuer.find('a');
    issuer.keys = [keyOf('b')];
    expect(await Promise.all(['b', 'b', 'x'].map((kid) => issuer.find(kid)))).toEqual(['b', 'b', undefined]);
    expect(await issuer.find('a')).toBeUndefined();
    issuer.now += REREAD_MS - 1;
    for (let n = 0; n < 50; n++) expect(await issuer.find(`x${n}`)).toBeUndefined();
    expect(issuer.reads).toBe(2);
    issuer.keys = [keyOf('c')];
    issuer.now += 1;
    expect(await issuer.find('c')).toBe('c');
    expect(issuer.reads).toBe(3);
  });

  it('lets known keys pass while it is read again', async () => {
    await issuer.find('a');
    let answer: (keys: VerificationKey[]) => void = () => undefined;
    issuer.read = () => new Promise((resolve) => (answer = resolve));
    const waiting = issuer.find('b');
    expect(await issuer.find('a')).toBe('a');
    answer([keyOf('b')]);
    expect(await waiting).toBe('b');
  });

  it('is read again when it is old: a key that has left stops working', async () => {
    await issuer.find('a');
    issuer.keys = [];
    issuer.now = STALE_MS;
    expect(await issuer.find('a')).toBe('a');
    issuer.now += 1;
    expect(await issuer.find('a')).toBeUndefined();
    expect(issuer.reads).toBe(2);
  });

  it('is kept for an hour where it cannot be read again', async () => {
    await issuer.find('a');
    issuer.keys = new Error('away');
    issuer.now = STALE_MS + 1;
    for (let n = 0; n < 5; n++) expect(await issuer.find('a')).toBe('a');
    expect(issuer.reads).toBe(2);
    issuer.now = KEPT_MS;
    expect(await issuer.find('a')).toBe('a');
    issuer.now += 1;
    await expect(issuer.find('a')).rejects.toThrow(KeysUnavailableError);
    issuer.keys = [keyOf('a')];
    issuer.now += REREAD_MS;
    expect(await issuer.find('a')).toBe('a');
    expect(issuer.outcomes).toEqual([1, new Error('away'), new Error('away'), 1]);
  });

  it('holds nobody up who has a key, once it could not be read again', async () => {
    await issuer.find('a');
    issuer.keys = new Error('away');
    issuer.now = STALE_MS + 1;
    await issuer.find('a');
    issuer.now += REREAD_MS;
    let answer: (keys: VerificationKey[]) => void = () => undefined;
    issuer.read = () => new Promise((resolve) => (answer = resolve));
    expect(await issuer.find('a')).toBe('a');
    const waiting = issuer.find('b');
    answer([keyOf('b')]);
    expect(await waiting).toBe('b');
    expect(await issuer.find('a')).toBeUndefined();
  });

  it('is unavailable until it could be read, which is tried every few seconds', async () => {
    issuer.keys = new Error('away');
    for (let n = 0; n < 5; n++) await expect(issuer.find('a')).rejects.toThrow(KeysUnavailableError);
    expect(issuer.reads).toBe(1);
    issuer.keys = [keyOf('a')];
    issuer.now = RETRY_MS;
    expect(await issuer.find('a')).toBe('a');
  });
});
