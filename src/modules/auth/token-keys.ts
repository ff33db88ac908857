import { createSecretKey } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { compactVerify } from 'jose';
import type { Environment } from '../../config/environment.js';
import { jwtSecrets } from '../../config/jwt-secret.js';
import { keySetLocation } from '../../config/key-set-location.js';
import { KeySet } from './key-set.js';
import { readKeySet } from './read-key-set.js';
import { usableKeys } from './usable-keys.js';
import type { VerificationKey, WantedKey } from './verification-key.js';

export interface TokenKeys {
  /** Undefined where none fits. Throws KeysUnavailableError. */
  find(wanted: WantedKey, token: string): Promise<VerificationKey | undefined>;
}

/** Those of JWT_JWKS alone where that is set, else JWT_SECRET: never both. Throws InvalidEnvironmentError. */
export function tokenKeys(environment: Environment): TokenKeys {
  const location = keySetLocation(environment);
  return location === undefined ? secretKeys(jwtSecrets(environment)) : issuerKeys(location, environment.JWT_RSA_BITS);
}

/** They have no names: the one that signed the token is found by trying. It is verified with that afterwards. */
function secretKeys(secrets: readonly string[]): TokenKeys {
  const [current, ...others] = secrets.map((secret): VerificationKey => ({
    algorithm: 'HS256',
    key: createSecretKey(Buffer.from(secret)),
  }));
  return {
    find: async ({ alg }, token) => {
      if (alg !== 'HS256') return undefined;
      for (const other of others) if (await isSignedWith(other, token)) return other;
      return current;
    },
  };
}

const isSignedWith = ({ key }: VerificationKey, token: string) =>
  compactVerify(token, key).then(
    () => true,
    () => false,
  );

function issuerKeys(location: URL | string, leastRsaBits: number): TokenKeys {
  const logger = new Logger('TokenKeys');
  return new KeySet({
    read: async () => usableKeys(await readKeySet(location), leastRsaBits),
    tell: (outcome) => {
      if (typeof outcome !== 'number') logger.warn(`The key set could not be read: ${reasonOf(outcome)}`);
      else if (outcome === 0) logger.warn('The key set has no usable key: every token is refused');
      else logger.log(`The key set was read: ${outcome} usable keys`);
    },
  });
}

/** fetch says no more than that it failed. */
const reasonOf = ({ message, cause }: Error) => (cause instanceof Error ? `${message} (${cause.message})` : message);
