import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { forged } from './forge.js';

export type Algorithm = 'RS256' | 'ES256' | 'EdDSA';

const PAIRS: Record<Algorithm, (bits: number) => { publicKey: KeyObject; privateKey: KeyObject }> = {
  RS256: (modulusLength) => generateKeyPairSync('rsa', { modulusLength }),
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  EdDSA: () => generateKeyPairSync('ed25519'),
};

/** A key of an issuer, which makes tokens, and its public half as a key set has it. */
export class SigningKey {
  private readonly pair: ReturnType<(typeof PAIRS)[Algorithm]>;

  constructor(
    readonly kid: string,
    readonly algorithm: Algorithm,
    /** Of an RSA key. */
    bits = 2_048,
  ) {
    this.pair = PAIRS[algorithm](bits);
  }

  get jwk(): Record<string, unknown> {
    return { ...this.pair.publicKey.export({ format: 'jwk' }), kid: this.kid, use: 'sig', alg: this.algorithm };
  }

  get pem(): string {
    return this.pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  }

  /** Valid unless told otherwise. */
  token(claims: Record<string, unknown> = {}, header: Record<string, unknown> = {}): string {
    return forged(claims, { alg: this.algorithm, kid: this.kid, ...header }, (text) => this.sign(text));
  }

  private sign(text: string): string {
    const hash = this.algorithm === 'EdDSA' ? null : 'sha256';
    return sign(hash, Buffer.from(text), { key: this.pair.privateKey, dsaEncoding: 'ieee-p1363' }).toString(
      'base64url',
    );
  }
}
