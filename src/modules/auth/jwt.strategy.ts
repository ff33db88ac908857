import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { decodeProtectedHeader } from 'jose';
import passportJwt from 'passport-jwt';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { type TokenRules, tokenRules } from '../../config/token-rules.js';
import type { Principal } from '../../http/principal.js';
import { TokenInvalidError } from './auth.errors.js';
import { principalOf } from './claims.js';
import { tokenKeys, type TokenKeys } from './token-keys.js';
import type { VerificationKey, WantedKey } from './verification-key.js';
import { type Claims, type Verification, verifyToken } from './verify-token.js';

type Done<Result> = (error: unknown, result?: Result) => void;

/** What its types leave out: the step that verifies, for which it has jsonwebtoken, which knows no EdDSA. */
const { Strategy } = passportJwt as unknown as {
  Strategy: typeof passportJwt.Strategy & {
    JwtVerifier: (token: string, key: VerificationKey, wanted: Verification, done: Done<Claims>) => void;
  };
};
Strategy.JwtVerifier = (token, key, wanted, done) => answer(verifyToken(token, key, wanted), done);

@Injectable()
export class JwtStrategy extends PassportStrategy(passportJwt.Strategy) {
  private readonly rules: TokenRules;

  constructor(@Inject(ENVIRONMENT) environment: Environment) {
    const keys = tokenKeys(environment);
    const rules = tokenRules(environment);
    super({
      jwtFromRequest: passportJwt.ExtractJwt.fromAuthHeaderAsBearerToken(),
      // To passport-jwt a key is whatever the verifier takes for one.
      secretOrKeyProvider: (_request: unknown, token: string, done: Done<never>) =>
        answer(keyFor(token, keys) as Promise<never>, done),
      // Here, and not below: passport-jwt drops these two from jsonWebTokenOptions.
      issuer: rules.issuer,
      audience: rules.audience,
      jsonWebTokenOptions: { maxAge: rules.maxAgeSeconds, clockTolerance: rules.toleranceSeconds },
    });
    this.rules = rules;
  }

  validate(claims: Claims): Principal {
    return principalOf(claims, this.rules);
  }
}

async function keyFor(token: string, keys: TokenKeys): Promise<VerificationKey> {
  const key = await keys.find(headerOf(token));
  if (!key) throw new TokenInvalidError();
  return key;
}

function headerOf(token: string): WantedKey {
  try {
    return decodeProtectedHeader(token);
  } catch {
    throw new TokenInvalidError();
  }
}

function answer<Result>(result: Promise<Result>, done: Done<Result>): void {
  result.then(
    (value) => done(null, value),
    (error: unknown) => done(error),
  );
}
