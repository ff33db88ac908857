import { readEnvironment } from '../../../config/environment.js';
import { TokenRevokedError } from '../../auth/auth.errors.js';
import { RevokedTokensService } from '../../auth/revocation/revoked-tokens.service.js';
import { OpenStreams } from './open-streams.js';
import { TooManyStreamsError } from './stream.errors.js';

const principal = (sub: string, tenant = 'acme') => ({ sub, tenant, roles: [], issuedAt: null, expiresAt: new Date() });

const hangUp = () => {};

describe('open streams', () => {
  let revoked: RevokedTokensService;
  beforeEach(() => (revoked = new RevokedTokensService(undefined as never, readEnvironment({}))));
  const places = (user: number, all: number) =>
    new OpenStreams(readEnvironment({ STREAMS_PER_USER: String(user), STREAMS_PER_PROCESS: String(all) }), revoked);

  it('are hung up on with the tokens that opened them, and on nobody else', () => {
    const open = places(2, 100);
    const ended: string[] = [];
    const streams: [string, string][] = [
      ['alice', 'acme'],
      ['bob', 'acme'],
      ['alice', 'other'],
    ];
    for (const [sub, tenant] of streams) open.enter(principal(sub, tenant), () => ended.push(`${sub} of ${tenant}`));
    revoked.learn([{ tenantId: 'acme', subject: 'alice', at: new Date() }]);
    expect(ended).toEqual(['alice of acme']);
    revoked.learn([{ tenantId: 'other', subject: null, at: new Date() }]);
    expect(ended).toEqual(['alice of acme', 'alice of acme', 'alice of other']);
    expect(() => open.enter(principal('alice', 'acme'), hangUp)).toThrow(TokenRevokedError);
  });

  it('are limited for each user, of each tenant', () => {
    const open = places(2, 100);
    const leave = open.enter(principal('alice'), hangUp);
    open.enter(principal('alice'), hangUp);
    expect(() => open.enter(principal('alice'), hangUp)).toThrow(TooManyStreamsError);
    open.enter(principal('bob'), hangUp);
    open.enter(principal('alice', 'other'), hangUp);
    leave();
    open.enter(principal('alice'), hangUp);
  });

  it('are limited altogether', () => {
    const open = places(100, 2);
    const leave = open.enter(principal('alice'), hangUp);
    open.enter(principal('bob'), hangUp);
    expect(() => open.enter(principal('carol'), hangUp)).toThrow(TooManyStreamsError);
    leave();
    open.enter(principal('carol'), hangUp);
  });

  it('are left once, however often that is said', () => {
    const open = places(1, 100);
    const leave = open.enter(principal('alice'), hangUp);
    leave();
    leave();
    open.enter(principal('alice'), hangUp);
    expect(() => open.enter(principal('alice'), hangUp)).toThrow(TooManyStreamsError);
  });

  it('are all told to end when the process is', () => {
    const open = places(5, 5);
    const told: string[] = [];
    const leave = open.enter(principal('alice'), () => told.push('first'));
    open.enter(principal('alice'), () => told.push('second'));
    leave();
    open.onModuleDestroy();
    expect(told).toEqual(['second']);
  });
});
