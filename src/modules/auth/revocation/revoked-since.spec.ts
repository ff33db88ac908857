import { RevokedSince } from './revoked-since.js';

const at = (seconds: number) => new Date(seconds * 1_000);
const token = (iat: number | null, sub = 'alice', tenant = 'acme') => ({
  sub,
  tenant,
  issuedAt: iat === null ? null : at(iat),
});

describe('what was revoked', () => {
  let revoked: RevokedSince;
  beforeEach(() => (revoked = new RevokedSince()));

  it('is nothing to begin with', () => {
    expect([revoked.covers(token(100), 5), revoked.covers(token(null), 5)]).toEqual([false, false]);
  });

  it('covers what was issued until then, and by the tolerance later', () => {
    revoked.add({ tenantId: 'acme', subject: 'alice', at: at(100.4) });
    const issued = [99, 100, 100.4, 101, 105, 106];
    expect(issued.map((iat) => revoked.covers(token(iat), 0))).toEqual([true, true, true, false, false, false]);
    expect(issued.map((iat) => revoked.covers(token(iat), 5))).toEqual([true, true, true, true, true, false]);
  });

  it('covers a token that does not say when it was issued, for good', () => {
    revoked.add({ tenantId: 'acme', subject: 'alice', at: at(100) });
    expect(revoked.covers(token(null), 0)).toBe(true);
  });

  it("is one subject's, of one tenant", () => {
    revoked.add({ tenantId: 'acme', subject: 'alice', at: at(100) });
    expect(revoked.covers(token(1, 'bob'), 0)).toBe(false);
    expect(revoked.covers(token(1, 'alice', 'other'), 0)).toBe(false);
  });

  it("is everyone's of the tenant where it names no subject", () => {
    revoked.add({ tenantId: 'acme', subject: null, at: at(100) });
    expect(['alice', 'bob', 'null'].map((sub) => revoked.covers(token(100, sub), 0))).toEqual([true, true, true]);
    expect(revoked.covers(token(1, 'alice', 'other'), 0)).toBe(false);
  });

  it('goes by the newest, in whatever order they come, and says what is news', () => {
    const news = [100, 300, 200, 300].map((moment) =>
      revoked.add({ tenantId: 'acme', subject: 'alice', at: at(moment) }),
    );
    expect(news).toEqual([true, true, false, false]);
    expect([revoked.covers(token(300), 0), revoked.covers(token(301), 0)]).toEqual([true, false]);
  });
});
