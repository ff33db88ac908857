import type { Principal } from '../../http/principal.js';
import { isCleanText } from '../../http/validation/clean-text.js';
import { TokenInvalidError } from './auth.errors.js';
import { isRole, type Role } from '../../http/role.js';

export const DEFAULT_TENANT = 'default';
const MAX_LENGTH = 128;

/** Who a verified token speaks for. Unknown roles are left out. Throws TokenInvalidError for unusable claims. */
export function principalOf(claims: Readonly<Record<string, unknown>>): Principal {
  // Absent, not null: whoever says that there is no tenant does not mean the default one.
  const { tenant = DEFAULT_TENANT } = claims;
  // A token that never expires cannot be taken back.
  if (typeof claims.exp !== 'number') throw new TokenInvalidError();
  const expiresAt = new Date(claims.exp * 1_000);
  return { sub: name(claims.sub), tenant: name(tenant), roles: roles(claims.roles), expiresAt };
}

function name(claim: unknown): string {
  const sane = typeof claim === 'string' && claim.trim() === claim && claim.length > 0 && claim.length <= MAX_LENGTH;
  if (!sane || !isCleanText(claim)) throw new TokenInvalidError();
  return claim;
}

function roles(claim: unknown): Role[] {
  return Array.isArray(claim) ? claim.filter((role): role is Role => typeof role === 'string' && isRole(role)) : [];
}
