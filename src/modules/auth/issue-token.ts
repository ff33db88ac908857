import { createSecretKey } from 'node:crypto';
import { JwtService } from '@nestjs/jwt';
import type { Role } from '../../http/role.js';

/** Who the bearer is. `iat` and `exp` are added by the issuer. */
export interface TokenClaims {
  sub: string;
  tenant: string;
  roles: readonly Role[];
}

export const DEFAULT_CLAIMS: TokenClaims = { sub: 'admin', tenant: 'default', roles: ['admin'] };

/** A signed JWT (HS256) that is valid from now on for `ttlSeconds`. */
export function issueToken(secret: string, { sub, tenant, roles }: TokenClaims, ttlSeconds: number): string {
  return new JwtService({ privateKey: createSecretKey(Buffer.from(secret)) }).sign(
    { sub, tenant, roles },
    { algorithm: 'HS256', expiresIn: ttlSeconds },
  );
}
