import { generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { usableKeys } from './usable-keys.js';

const rsaOf = (modulusLength: number, publicExponent = 65_537) =>
  generateKeyPairSync('rsa', { modulusLength, publicExponent });
const strong = rsaOf(2_048);
const rsa = strong.publicKey.export({ format: 'jwk' });
const curve = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve }).publicKey.export({ format: 'jwk' });
const ec = curve('P-256');
const okp = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
const foundIn = (...keys: unknown[]) => usableKeys({ keys }).map(({ kid, algorithm }) => [kid, algorithm]);

describe('usableKeys', () => {
  it('pins each key to the algorithm of its kind', () => {
    const keys = foundIn({ ...rsa, kid: 'r' }, { ...ec, kid: 'e' }, { ...okp, kid: 'o' }, rsa);
    expect(keys).toEqual([
      ['r', 'RS256'],
      ['e', 'ES256'],
      ['o', 'EdDSA'],
      [undefined, 'RS256'],
    ]);
  });

  it('asks for longer RSA keys where it is told to, and of no other kind', () => {
    const document = {
      keys: [
        { ...rsa, kid: 'r' },
        { ...ec, kid: 'e' },
        { ...rsaOf(3_072).publicKey.export({ format: 'jwk' }), kid: 'long' },
      ],
    };
    expect(usableKeys(document, 3_072).map(({ kid }) => kid)).toEqual(['e', 'long']);
  });

  it('takes what is said to be for signatures', () => {
    expect(foundIn({ ...rsa, use: 'sig', alg: 'RS256', key_ops: ['verify'] })).toHaveLength(1);
  });

  it.each<[string, JsonWebKey | string | null]>([
    ['a key for encryption', { ...rsa, use: 'enc' }],
    ['a key for other operations', { ...rsa, key_ops: ['encrypt'] }],
    ['operations that are no list', { ...rsa, key_ops: 'verify' }],
    ['another algorithm', { ...rsa, alg: 'PS256' }],
    ['HS256 by name', { ...rsa, alg: 'HS256' }],
    ['a short RSA key', rsaOf(1_024).publicKey.export({ format: 'jwk' })],
    ['an exponent of one', { ...rsa, e: 'AQ' }],
    ['a private key', strong.privateKey.export({ format: 'jwk' })],
    ['a secret', { kty: 'oct', k: 'c2VjcmV0', alg: 'HS256' }],
    ['another curve', curve('P-384')],
    ['a point that is not on the curve', { ...ec, y: ec.x! }],
    ['a key without its parts', { kty: 'RSA' }],
    ['a kind that nobody knows', { kty: 'constructor' }],
    ['no key', 'key'],
    ['null', null],
  ])('ignores %s', (_, key) => {
    expect(foundIn(key, { ...okp, kid: 'good' })).toEqual([['good', 'EdDSA']]);
  });

  it('may find none', () => {
    expect(foundIn()).toEqual([]);
  });

  it.each([null, 'keys', [], {}, { keys: {} }, { keys: Array.from({ length: 101 }, () => okp) }])(
    'refuses what is no key set',
    (document) => {
      expect(() => usableKeys(document)).toThrow(/^it (is no JSON Web Key Set|has more than 100 keys)$/);
    },
  );
});
