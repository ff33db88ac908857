import { createSecretKey } from 'node:crypto';
import { JwtService } from '@nestjs/jwt';
import { PLAIN_RULES, type TokenRules } from '../../config/token-rules.js';
import type { Role } from '../../http/role.js';

/** Who the bearer is. `iat` and `exp` are added by the issuer. */
export interface TokenClaims {
  sub: string;
  tenant: string;
  roles: readonly Role[];
}

export const DEFAULT_CLAIMS: TokenClaims = { sub: 'admin', tenant: 'default', roles: ['admin'] };

type IssueRules = Omit<TokenRules, 'toleranceSeconds'>;

/** A signed JWT (HS256) that is valid from now on for `ttlSeconds`, or less where the rules allow less. */
export function issueToken(
  secret: string,
  claims: TokenClaims,
  ttlSeconds: number,
  rules: IssueRules = PLAIN_RULES,
): string {
  const { issuer, audience, type, maxAgeSeconds = ttlSeconds, tenantClaim, rolesClaim } = rules;
  return new JwtService({ privateKey: createSecretKey(Buffer.from(secret)) }).sign(
    { sub: claims.sub, [tenantClaim]: claims.tenant, [rolesClaim]: claims.roles },
    {
      algorithm: 'HS256',
      ...(type === undefined ? {} : { header: { alg: 'HS256', typ: type } }),
      expiresIn: Math.min(ttlSeconds, maxAgeSeconds),
      ...(issuer === undefined ? {} : { issuer }),
      ...(audience === undefined ? {} : { audience }),
    },
  );
}
