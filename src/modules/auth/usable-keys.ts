import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import type { VerificationKey } from './verification-key.js';

/** More than any issuer has; each costs a parse. */
const MOST_KEYS = 100;
/** Longer ones take too long to verify with. */
const MOST_RSA_BITS = 16_384;

type Jwk = Readonly<Record<string, unknown>>;

/** The algorithm that each kind of key is pinned to; kinds that are not here, symmetric keys among them, are ignored. */
const KINDS: readonly { kty: string; crv?: string; algorithm: VerificationKey['algorithm'] }[] = [
  { kty: 'RSA', algorithm: 'RS256' },
  { kty: 'EC', crv: 'P-256', algorithm: 'ES256' },
  { kty: 'OKP', crv: 'Ed25519', algorithm: 'EdDSA' },
];

/**
 * The keys of a JSON Web Key Set (RFC 7517) that tokens may be verified with. Ignored are keys for something else (`use`,
 * `key_ops`, `alg`), weak or malformed ones, and private ones: whoever has read the set could sign with these. Throws an
 * Error for what is no key set at all.
 */
export function usableKeys(document: unknown, leastRsaBits = 2_048): VerificationKey[] {
  const keys = isObject(document) ? document.keys : undefined;
  if (!Array.isArray(keys)) throw new Error('it is no JSON Web Key Set');
  if (keys.length > MOST_KEYS) throw new Error(`it has more than ${MOST_KEYS} keys`);
  return keys
    .map((entry: unknown) => (isObject(entry) ? usableKey(entry, leastRsaBits) : undefined))
    .filter((key) => !!key);
}

function usableKey(jwk: Jwk, leastRsaBits: number): VerificationKey | undefined {
  const { kid, kty, crv, alg, use, key_ops: operations, d } = jwk;
  const algorithm = KINDS.find((kind) => kind.kty === kty && kind.crv === crv)?.algorithm;
  if (!algorithm || d !== undefined) return undefined;
  if ((use ?? 'sig') !== 'sig' || (alg ?? algorithm) !== algorithm) return undefined;
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes('verify'))) return undefined;
  const key = publicKey(jwk);
  if (!key || !isStrong(key, leastRsaBits)) return undefined;
  return { algorithm, key, ...(typeof kid === 'string' ? { kid } : {}) };
}

function publicKey(jwk: Jwk): KeyObject | undefined {
  try {
    return createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' });
  } catch {
    return undefined;
  }
}

/** With an exponent of 1 any text is its own signature. */
function isStrong({ asymmetricKeyType, asymmetricKeyDetails = {} }: KeyObject, leastRsaBits: number): boolean {
  const { modulusLength = 0, publicExponent = 0n } = asymmetricKeyDetails;
  if (asymmetricKeyType !== 'rsa') return true;
  return modulusLength >= leastRsaBits && modulusLength <= MOST_RSA_BITS && publicExponent > 2n;
}

const isObject = (value: unknown): value is Jwk => typeof value === 'object' && value !== null;
