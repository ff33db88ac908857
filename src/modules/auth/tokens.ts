import { Inject, Injectable } from '@nestjs/common';
import { decodeProtectedHeader } from 'jose';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { type TokenRules, tokenRules } from '../../config/token-rules.js';
import type { Principal } from '../../http/principal.js';
import { TokenInvalidError } from './auth.errors.js';
import { principalOf } from './claims.js';
import { tokenKeys, type TokenKeys } from './token-keys.js';
import type { VerificationKey, WantedKey } from './verification-key.js';
import { verifyToken } from './verify-token.js';

/** The platform's rules and keys of tokens; one for all that verifies them, so that keys are fetched once. */
@Injectable()
export class Tokens {
  readonly rules: TokenRules;
  private readonly keys: TokenKeys;

  constructor(@Inject(ENVIRONMENT) environment: Environment) {
    this.keys = tokenKeys(environment);
    this.rules = tokenRules(environment);
  }

  /** Throws TokenInvalidError or KeysUnavailableError. */
  async keyFor(token: string): Promise<VerificationKey> {
    const key = await this.keys.find(headerOf(token));
    if (!key) throw new TokenInvalidError();
    return key;
  }

  /** Whose token it is. Throws TokenInvalid-, TokenExpired- or KeysUnavailableError. */
  async principal(token: string): Promise<Principal> {
    const { issuer, audience, maxAgeSeconds: maxAge, toleranceSeconds: clockTolerance } = this.rules;
    const wanted = { issuer, audience, maxAge, clockTolerance };
    return principalOf(await verifyToken(token, await this.keyFor(token), wanted), this.rules);
  }
}

function headerOf(token: string): WantedKey {
  try {
    return decodeProtectedHeader(token);
  } catch {
    throw new TokenInvalidError();
  }
}
