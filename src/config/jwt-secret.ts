import { createHmac } from 'node:crypto';
import path from 'node:path';
import { type Environment, InvalidEnvironmentError } from './environment.js';
import { generatedSecret } from './generated-secret.js';

/**
 * The secret that signs and verifies stream tickets and, unless JWT_JWKS is set, tokens: JWT_SECRET, or else the one
 * generated in DATA_DIR, which the API, the workers and the token command share. Throws InvalidEnvironmentError in
 * production without an explicit one.
 */
export function jwtSecret(environment: Pick<Environment, 'NODE_ENV' | 'DATA_DIR' | 'JWT_SECRET'>): string {
  if (environment.JWT_SECRET) return environment.JWT_SECRET;
  if (environment.NODE_ENV === 'production') {
    throw new InvalidEnvironmentError(['JWT_SECRET: must be set in production']);
  }
  return generatedSecret(path.resolve(environment.DATA_DIR, 'jwt-secret'));
}

/** Those that signed what is still about: the secret of now, and the one before while that is set. */
export function jwtSecrets(environment: Environment): string[] {
  const { JWT_SECRET_PREVIOUS: previous } = environment;
  return [jwtSecret(environment), ...(previous === undefined ? [] : [previous])];
}

/** Keys for a purpose of their own, one for each secret; sign with the first, verify with all. */
export function derivedKeys(environment: Environment, purpose: 'cursor' | 'stream-ticket'): Buffer[] {
  return jwtSecrets(environment).map((secret) => createHmac('sha256', secret).update(purpose).digest());
}
