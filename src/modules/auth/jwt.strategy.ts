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

/** What each request is being verified with, until its claims are there. */
const verifying = new WeakMap<object, { token: string; key: VerificationKey; since: number }>();

@Injectable()
export class JwtStrategy extends PassportStrategy(passportJwt.Strategy) {
  constructor(private readonly tokens: Tokens) {
    const { rules } = tokens;
    super({
      jwtFromRequest: passportJwt.ExtractJwt.fromAuthHeaderAsBearerToken(),
      // To passport-jwt a key is whatever the verifier takes for one.
      secretOrKeyProvider: (request: object, token: string, done: Done<never>) => {
        const found = tokens.keyFor(token).then((key) => {
          verifying.set(request, { token, key, since: Date.now() });
          return key as never;
        });
        answer(found, done);
      },
      passReqToCallback: true,
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
  validate(request: object, claims: Claims): Principal {
    const principal = this.tokens.bearer(claims);
    const { token, key, since } = verifying.get(request)!;
    this.tokens.remember(token, key, principal, since);
    return principal;
  }
}

function answer<Result>(result: Promise<Result>, done: Done<Result>): void {
  result.then(
    (value) => done(null, value),
    (error: unknown) => done(error),
  );
}
