import { type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { readEnvironment } from '../../config/environment.js';
import { Public } from '../../http/public.js';
import { KeysUnavailableError, TokenExpiredError, TokenInvalidError, TokenMissingError } from './auth.errors.js';
import { JwtAuthGuard } from './jwt-auth.guard.js';
import { RevokedTokensService } from './revocation/revoked-tokens.service.js';
import { StreamTicketsService } from './stream-tickets.service.js';
import { Tokens } from './tokens.js';

const environment = readEnvironment({ JWT_SECRET: 's'.repeat(32) });
const revoked = new RevokedTokensService(undefined as never, environment);
const tokens = new Tokens(environment, revoked);
const guard = new JwtAuthGuard(new Reflector(), new StreamTicketsService(environment, revoked), tokens);

describe('the guard', () => {
  it('hands on the principal', () => {
    expect(guard.handleRequest(null, { sub: 'alice' }, undefined)).toEqual({ sub: 'alice' });
  });

  it.each([
    ['no token', new Error('No auth token'), TokenMissingError],
    ['an expired one', new TokenExpiredError(), TokenExpiredError],
    ['another algorithm', new TokenInvalidError(), TokenInvalidError],
    ['no keys', new KeysUnavailableError(), KeysUnavailableError],
    ['anything else', new Error('jwt malformed'), TokenInvalidError],
    ['no reason at all', undefined, TokenInvalidError],
  ])('says what is wrong: %s', (_, info, Expected) => {
    expect(() => guard.handleRequest(null, false, info)).toThrow(Expected);
  });

  it('passes on what the claims are refused for', () => {
    const error = new TokenInvalidError();
    expect(() => guard.handleRequest(error, false, undefined)).toThrow(error);
  });

  it('lets public routes through', async () => {
    class Probes {
      @Public()
      livez() {}
    }
    const context = { getHandler: () => Probes.prototype.livez, getClass: () => Probes } as unknown as ExecutionContext;
    expect(await guard.canActivate(context)).toBe(true);
  });
});
