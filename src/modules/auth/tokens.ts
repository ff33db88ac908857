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
import { VerifiedTokens } from './verified-tokens.js';
import { type Claims, verifyToken } from './verify-token.js';

/** The platform's rules and keys of tokens; one for all that verifies them, so that keys are fetched once. */
@Injectable()
export class Tokens {
  readonly rules: TokenRules;
  private readonly keys: TokenKeys;
  private readonly verified = new VerifiedTokens();

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
    return this.unlessRevoked(principalOf(claims, this.rules));
  }

  /** Of a token that `key` has verified: with the next requests that need not be done again. `since`: when that began, ms. */
  remember(token: string, key: VerificationKey, principal: Principal, since: number): void {
    this.verified.add(token, { wanted: headerOf(token), key, principal }, since);
  }

  /**
   * Whose token it is, where it is remembered and its key is still the one that counts; a key may have been withdrawn, and
   * a token revoked. Throws TokenRevoked- or KeysUnavailableError.
   */
  async recall(token: string): Promise<Principal | undefined> {
    const known = this.verified.find(token);
    if (!known || (await this.keys.find(known.wanted, token)) !== known.key) return undefined;
    return this.unlessRevoked(known.principal);
  }

  /** Whose token it is. Throws TokenInvalid-, TokenExpired-, TokenRevoked- or KeysUnavailableError. */
  async principal(token: string): Promise<Principal> {
    const known = await this.recall(token);
    if (known) return known;
    const { issuer, audience, type, maxAgeSeconds: maxAge, toleranceSeconds: clockTolerance } = this.rules;
    const [key, since] = [await this.keyFor(token), Date.now()];
    const principal = this.bearer(await verifyToken(token, key, { issuer, audience, type, maxAge, clockTolerance }));
    this.remember(token, key, principal, since);
    return principal;
  }

  private unlessRevoked(principal: Principal): Principal {
    if (this.revoked.covers(principal)) throw new TokenRevokedError();
    return principal;
  }
}

function headerOf(token: string): WantedKey {
  try {
    const { kid, alg } = decodeProtectedHeader(token);
    return { kid, alg };
  } catch {
    throw new TokenInvalidError();
  }
}
