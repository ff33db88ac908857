import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import passportJwt from 'passport-jwt';
import type { Principal } from '../../http/principal.js';
import { Tokens } from './tokens.js';
import type { VerificationKey } from './verification-key.js';
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
  constructor(private readonly tokens: Tokens) {
    const { rules } = tokens;
    super({
      jwtFromRequest: passportJwt.ExtractJwt.fromAuthHeaderAsBearerToken(),
      // To passport-jwt a key is whatever the verifier takes for one.
      secretOrKeyProvider: (_request: unknown, token: string, done: Done<never>) =>
        answer(tokens.keyFor(token) as Promise<never>, done),
      // Here, and not below: passport-jwt drops these two from jsonWebTokenOptions.
      issuer: rules.issuer,
      audience: rules.audience,
      jsonWebTokenOptions: {
        type: rules.type,
        maxAge: rules.maxAgeSeconds,
        clockTolerance: rules.toleranceSeconds,
      } as object,
    });
  }

  /** Throws TokenInvalid- or TokenRevokedError. */
  validate(claims: Claims): Principal {
    return this.tokens.bearer(claims);
  }
}

function answer<Result>(result: Promise<Result>, done: Done<Result>): void {
  result.then(
    (value) => done(null, value),
    (error: unknown) => done(error),
  );
}
