import { readEnvironment } from '../../../config/environment.js';
import { OpenStreams } from './open-streams.js';
import { TooManyStreamsError } from './stream.errors.js';

const principal = (sub: string, tenant = 'acme') => ({ sub, tenant, roles: [], expiresAt: new Date() });

describe('open streams', () => {
  const places = (user: number, all: number) =>
    new OpenStreams(readEnvironment({ STREAMS_PER_USER: String(user), STREAMS_PER_PROCESS: String(all) }));

  it('are limited for each user, of each tenant', () => {
    const open = places(2, 100);
    const leave = open.enter(principal('alice'));
    open.enter(principal('alice'));
    expect(() => open.enter(principal('alice'))).toThrow(TooManyStreamsError);
    open.enter(principal('bob'));
    open.enter(principal('alice', 'other'));
    leave();
    open.enter(principal('alice'));
  });

  it('are limited altogether', () => {
    const open = places(100, 2);
    const leave = open.enter(principal('alice'));
    open.enter(principal('bob'));
    expect(() => open.enter(principal('carol'))).toThrow(TooManyStreamsError);
    leave();
    open.enter(principal('carol'));
  });

  it('are left once, however often that is said', () => {
    const open = places(1, 100);
    const leave = open.enter(principal('alice'));
    leave();
    leave();
    open.enter(principal('alice'));
    expect(() => open.enter(principal('alice'))).toThrow(TooManyStreamsError);
  });
});
