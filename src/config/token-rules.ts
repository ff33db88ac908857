import { type Environment, InvalidEnvironmentError } from './environment.js';

/** What a token has to say beside being signed, and where it says it. */
export interface TokenRules {
  /** Absent: anything. */
  issuer?: string;
  audience?: string;
  /** What the `typ` of its header has to be; absent: what tokens of any kind say, or nothing. */
  type?: string;
  /** Seconds from `iat`; absent: any age. */
  maxAgeSeconds?: number;
  /** Seconds, for `exp`, `nbf` and `iat`. */
  toleranceSeconds: number;
  tenantClaim: string;
  rolesClaim: string;
}

/** What a platform asks of tokens where nothing is set, with times to the second. */
export const PLAIN_RULES: TokenRules = { tenantClaim: 'tenant', rolesClaim: 'roles', toleranceSeconds: 0 };

/** Throws InvalidEnvironmentError where tenant and roles would be the same claim. */
export function tokenRules(environment: Environment): TokenRules {
  const { JWT_ISSUER, JWT_AUDIENCE, JWT_TYPE, JWT_MAX_AGE_SECONDS, JWT_TENANT_CLAIM, JWT_ROLES_CLAIM } = environment;
  if (JWT_TENANT_CLAIM === JWT_ROLES_CLAIM) {
    throw new InvalidEnvironmentError(['JWT_ROLES_CLAIM: must be another claim than JWT_TENANT_CLAIM']);
  }
  return {
    ...(JWT_ISSUER === undefined ? {} : { issuer: JWT_ISSUER }),
    ...(JWT_AUDIENCE === undefined ? {} : { audience: JWT_AUDIENCE }),
    ...(JWT_TYPE === undefined ? {} : { type: JWT_TYPE }),
    ...(JWT_MAX_AGE_SECONDS === 0 ? {} : { maxAgeSeconds: JWT_MAX_AGE_SECONDS }),
    toleranceSeconds: environment.JWT_CLOCK_TOLERANCE_SECONDS,
    tenantClaim: JWT_TENANT_CLAIM,
    rolesClaim: JWT_ROLES_CLAIM,
  };
}
