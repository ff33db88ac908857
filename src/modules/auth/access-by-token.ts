import { Injectable } from '@nestjs/common';
import type { Principal } from '../../http/principal.js';
import { suffices } from '../../http/role.js';
import { type Admitted, TokenAccess } from '../../http/token-access.js';
import { TokenMissingError } from './auth.errors.js';
import { OperatorsOnlyError, RoleRequiredError } from './role-required.errors.js';
import { Tokens } from './tokens.js';

/** A token as elsewhere, or as the password of HTTP's basic scheme, whatever the name: that is how browsers ask. */
@Injectable()
export class AccessByToken extends TokenAccess {
  constructor(private readonly tokens: Tokens) {
    super();
  }

  /** Throws TokenMissing-, TokenInvalid-, TokenExpired-, TokenRevoked-, KeysUnavailable-, RoleRequired- or OperatorsOnlyError. */
  override async admit(authorization: string | undefined, needed: Admitted): Promise<Principal> {
    const [, scheme = '', credentials = ''] = /^(bearer|basic) +(\S+) *$/i.exec(authorization ?? '') ?? [];
    const isBasic = scheme.toLowerCase() === 'basic';
    const token = isBasic ? passwordIn(credentials) : credentials;
    if (token === '') throw new TokenMissingError();
    const principal = await this.tokens.principal(token);
    const { roles, tenant } = principal;
    if (!suffices(roles, needed.role)) throw new RoleRequiredError(needed.role);
    if (needed.tenant !== undefined && tenant !== needed.tenant) throw new OperatorsOnlyError();
    return principal;
  }
}

/** RFC 7617: base64 of name, colon, password. */
function passwordIn(credentials: string): string {
  const text = Buffer.from(credentials, 'base64').toString();
  return text.slice(text.indexOf(':') + 1);
}
