import { Inject, Injectable } from '@nestjs/common';
import { decodeProtectedHeader } from 'jose';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { type TokenRules, tokenRules } from '../../config/token-rules.js';
import type { Principal } from '../../http/principal.js';
import { TokenInvalidError, TokenRevokedError } from './auth.errors.js';
import { principalOf } from './claims.js';
import { RevokedTokensService } from './revocation/revoked-tokens.service.js';
import { tokenKeys, type TokenKeys } from './token-keys.js';
import type { VerificationKey, WantedKey } from './verification-key.js';
import { type Claims, verifyToken } from './verify-token.js';

/** The platform's rules and keys of tokens; one for all that verifies them, so that keys are fetched once. */
@Injectable()
export class Tokens {
  readonly rules: TokenRules;
  private readonly keys: TokenKeys;

  constructor(
    @Inject(ENVIRONMENT) environment: Environment,
    private readonly revoked: RevokedTokensService,
  ) {
    this.keys = tokenKeys(environment);
    this.rules = tokenRules(environment);
  }

  /** Throws TokenInvalidError or KeysUnavailableError. */
  async keyFor(token: string): Promise<VerificationKey> {
    const key = await this.keys.find(headerOf(token), token);
    if (!key) throw new TokenInvalidError();
    return key;
  }

  /** For whom a verified token speaks. Throws TokenInvalid- or TokenRevokedError. */
  bearer(claims: Claims): Principal {
    const principal = principalOf(claims, this.rules);
    if (this.revoked.covers(principal)) throw new TokenRevokedError();
    return principal;
  }

  /** Whose token it is. Throws TokenInvalid-, TokenExpired-, TokenRevoked- or KeysUnavailableError. */
  async principal(token: string): Promise<Principal> {
    const { issuer, audience, type, maxAgeSeconds: maxAge, toleranceSeconds: clockTolerance } = this.rules;
    const wanted = { issuer, audience, type, maxAge, clockTolerance };
    return this.bearer(await verifyToken(token, await this.keyFor(token), wanted));
  }
}

function headerOf(token: string): WantedKey {
  try {
    return decodeProtectedHeader(token);
  } catch {
    throw new TokenInvalidError();
  }
}
