import type { Environment } from '../../config/environment.js';
import { jwtSecret } from '../../config/jwt-secret.js';
import { tokenRules } from '../../config/token-rules.js';
import { issueToken, type TokenClaims } from './issue-token.js';

/**
 * A token that the platform of this environment accepts. Throws an Error for people where JWT_JWKS is set: only the
 * issuer of those keys can make one. Throws InvalidEnvironmentError.
 */
export function ownToken(environment: Environment, claims: TokenClaims, ttlSeconds: number): string {
  if (environment.JWT_JWKS !== undefined) {
    throw new Error('JWT_JWKS is set: tokens come from the issuer of those keys, and one made here would be refused');
  }
  return issueToken(jwtSecret(environment), claims, ttlSeconds, tokenRules(environment));
}
