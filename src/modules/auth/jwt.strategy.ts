import { createSecretKey } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import passportJwt from 'passport-jwt';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { jwtSecret } from '../../config/jwt-secret.js';
import type { Principal } from '../../http/principal.js';
import { principalOf } from './claims.js';

@Injectable()
export class JwtStrategy extends PassportStrategy(passportJwt.Strategy) {
  constructor(@Inject(ENVIRONMENT) environment: Environment) {
    super({
      jwtFromRequest: passportJwt.ExtractJwt.fromAuthHeaderAsBearerToken(),
      // As a KeyObject: a text is taken for a PEM file first, with each token, which costs fifty times the check itself.
      secretOrKey: createSecretKey(Buffer.from(jwtSecret(environment))) as unknown as Buffer,
      algorithms: ['HS256'],
    });
  }

  validate(claims: Record<string, unknown>): Principal {
    return principalOf(claims);
  }
}
