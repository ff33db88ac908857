import { JwtService } from '@nestjs/jwt';
import { DEFAULT_CLAIMS, issueToken } from './issue-token.js';

const SECRET = 's'.repeat(32);
const verifier = (secret: string) => new JwtService({ secret, verifyOptions: { algorithms: ['HS256'] } });

describe('issueToken', () => {
  it('signs subject, tenant and roles for the time asked', () => {
    const token = issueToken(SECRET, { sub: 'alice', tenant: 'acme', roles: ['viewer', 'trainer'] }, 60);
    const claims = verifier(SECRET).verify<{ iat: number; exp: number }>(token);
    expect(claims).toEqual({
      sub: 'alice',
      tenant: 'acme',
      roles: ['viewer', 'trainer'],
      iat: claims.iat,
      exp: claims.iat + 60,
    });
  });

  it('is worth nothing under another secret', () => {
    expect(() => verifier('t'.repeat(32)).verify(issueToken(SECRET, DEFAULT_CLAIMS, 60))).toThrow('invalid signature');
  });
});
