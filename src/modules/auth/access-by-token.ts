import { Injectable } from '@nestjs/common';
import { TokenAccess } from '../../http/token-access.js';
import { type Role, suffices } from '../../http/role.js';
import { TokenMissingError } from './auth.errors.js';
import { RoleRequiredError } from './role-required.errors.js';
import { Tokens } from './tokens.js';

/** A token as elsewhere, or as the password of HTTP's basic scheme, whatever the name: that is how browsers ask. */
@Injectable()
export class AccessByToken extends TokenAccess {
  constructor(private readonly tokens: Tokens) {
    super();
  }

  /** Throws TokenMissing-, TokenInvalid-, TokenExpired-, TokenRevoked-, KeysUnavailable- or RoleRequiredError. */
  override async admit(authorization: string | undefined, needed: Role): Promise<void> {
    const [, scheme = '', credentials = ''] = /^(bearer|basic) +(\S+) *$/i.exec(authorization ?? '') ?? [];
    const isBasic = scheme.toLowerCase() === 'basic';
    const token = isBasic ? passwordIn(credentials) : credentials;
    if (token === '') throw new TokenMissingError();
    const { roles } = await this.tokens.principal(token);
    if (!suffices(roles, needed)) throw new RoleRequiredError(needed);
  }
}

/** RFC 7617: base64 of name, colon, password. */
function passwordIn(credentials: string): string {
  const text = Buffer.from(credentials, 'base64').toString();
  return text.slice(text.indexOf(':') + 1);
}
