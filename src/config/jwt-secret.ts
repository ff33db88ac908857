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
