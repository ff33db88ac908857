import { TokenInvalidError } from './auth.errors.js';
import { principalOf } from './claims.js';

const exp = 4_102_444_800;

describe('principalOf', () => {
  it('reads subject, tenant and roles', () => {
    expect(principalOf({ sub: 'alice', tenant: 'acme', roles: ['admin', 'viewer'], exp })).toEqual({
      sub: 'alice',
      tenant: 'acme',
      roles: ['admin', 'viewer'],
      issuedAt: null,
      expiresAt: new Date(exp * 1_000),
    });
  });

  it('tells when it was issued', () => {
    expect(principalOf({ sub: 'alice', iat: 1_000, exp }).issuedAt).toEqual(new Date(1_000_000));
  });

  it('has a default tenant and no roles by itself', () => {
    expect(principalOf({ sub: 'alice', exp })).toMatchObject({ sub: 'alice', tenant: 'default', roles: [] });
  });

  it('leaves out roles it does not know', () => {
    expect(principalOf({ sub: 'alice', roles: ['trainer', 'root', 5, null], exp }).roles).toEqual(['trainer']);
    expect(principalOf({ sub: 'alice', roles: 'admin', exp }).roles).toEqual([]);
  });

  it('reads tenant and roles where it is told to', () => {
    const reading = { tenantClaim: 'org', rolesClaim: 'groups', toleranceSeconds: 0 };
    const claims = { sub: 'alice', org: 'acme', groups: ['viewer'], tenant: 'other', roles: ['admin'], exp };
    expect(principalOf(claims, reading)).toMatchObject({ tenant: 'acme', roles: ['viewer'] });
  });

  it('reads roles that are delegated as scopes', () => {
    const reading = { tenantClaim: 'tenant', rolesClaim: 'scope', toleranceSeconds: 0 };
    const rolesIn = (scope: unknown) => principalOf({ sub: 'alice', scope, roles: ['admin'], exp }, reading).roles;
    expect(rolesIn('openid trainer viewer')).toEqual(['trainer', 'viewer']);
    expect([rolesIn(['viewer']), rolesIn('openid'), rolesIn(undefined)]).toEqual([['viewer'], [], []]);
  });

  it.each([
    ['its end, and the tolerance', { exp: 2_000, iat: 1_000 }, {}, 2_005],
    ['its greatest age, and the tolerance', { exp: 2_000, iat: 1_000 }, { maxAgeSeconds: 600 }, 1_605],
    ['its end where that comes first', { exp: 1_300, iat: 1_000 }, { maxAgeSeconds: 600 }, 1_305],
  ])('ends with %s', (_, times, age, end) => {
    const reading = { tenantClaim: 'tenant', rolesClaim: 'roles', toleranceSeconds: 5, ...age };
    expect(principalOf({ sub: 'alice', ...times }, reading).expiresAt).toEqual(new Date(end * 1_000));
  });

  it.each([
    ['a beginning before all time', { sub: 'a', iat: -1e300, exp }],
    ['no subject', { exp }],
    ['an empty subject', { sub: '', exp }],
    ['a subject that is no text', { sub: 5, exp }],
    ['a long subject', { sub: 'a'.repeat(129), exp }],
    ['a tenant with a NUL', { sub: 'a', tenant: 'x\u0000', exp }],
    ['a tenant with white space at its ends', { sub: 'a', tenant: ' x', exp }],
    ['a tenant that is a number', { sub: 'a', tenant: 7, exp }],
    ['no end', { sub: 'a' }],
    ['an end beyond all dates', { sub: 'a', exp: 1e300 }],
    ['an end that is no number', { sub: 'a', exp: '4102444800' }],
  ])('refuses %s', (_, claims) => {
    expect(() => principalOf(claims)).toThrow(TokenInvalidError);
  });
});
