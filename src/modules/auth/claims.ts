import { PLAIN_RULES, type TokenRules } from '../../config/token-rules.js';
import type { Principal } from '../../http/principal.js';
import { isCleanText } from '../../http/validation/clean-text.js';
import { TokenInvalidError } from './auth.errors.js';
import { isRole, type Role } from '../../http/role.js';

export const DEFAULT_TENANT = 'default';
const MAX_LENGTH = 128;
/** Claims of what a token's user lets the program do that has it. */
const DELEGATED = new Set(['scope', 'scp']);

type Claims = Readonly<Record<string, unknown>>;
type Reading = Pick<TokenRules, 'tenantClaim' | 'rolesClaim' | 'maxAgeSeconds' | 'toleranceSeconds'>;

/** Who a verified token speaks for. Unknown roles are left out. Throws TokenInvalidError for unusable claims. */
export function principalOf(claims: Claims, reading: Reading = PLAIN_RULES): Principal {
  // Absent, not null: whoever says that there is no tenant does not mean the default one.
  const { [reading.tenantClaim]: tenant = DEFAULT_TENANT, [reading.rolesClaim]: list } = claims;
  return {
    sub: name(claims.sub),
    tenant: name(tenant),
    roles: roles(list, reading.rolesClaim),
    issuedAt: beginOf(claims),
    expiresAt: endOf(claims, reading),
  };
}

const beginOf = ({ iat }: Claims) => (typeof iat === 'number' ? moment(iat) : null);

/** The moment from which the token is refused. */
function endOf({ exp, iat }: Claims, { maxAgeSeconds = Infinity, toleranceSeconds }: Reading): Date {
  // A token that never expires would have to be remembered for good where it was taken back.
  if (typeof exp !== 'number') throw new TokenInvalidError();
  const tooOld = typeof iat === 'number' ? iat + maxAgeSeconds : Infinity;
  return moment(Math.min(exp, tooOld) + toleranceSeconds);
}

/** Of seconds since 1970. */
function moment(seconds: number): Date {
  const date = new Date(seconds * 1_000);
  if (Number.isNaN(date.getTime())) throw new TokenInvalidError();
  return date;
}

function name(claim: unknown): string {
  const sane = typeof claim === 'string' && claim.trim() === claim && claim.length > 0 && claim.length <= MAX_LENGTH;
  if (!sane || !isCleanText(claim)) throw new TokenInvalidError();
  return claim;
}

/** A list; what an issuer delegates stands in one text, by spaces (`scope`, RFC 8693; `scp`). */
function roles(claim: unknown, claimName: string): Role[] {
  const list = typeof claim === 'string' && DELEGATED.has(claimName) ? claim.split(' ') : claim;
  return Array.isArray(list) ? list.filter((role): role is Role => typeof role === 'string' && isRole(role)) : [];
}
