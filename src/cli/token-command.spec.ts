import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { JwtService } from '@nestjs/jwt';
import { readEnvironment } from '../config/environment.js';
import { parseDuration } from './duration.js';
import { tokenCommand } from './token-command.js';

const SECRET = 'a secret that nobody would guess, ever';

describe('tokenCommand', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'token-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const run = (parameters: string[], variables: NodeJS.ProcessEnv = { JWT_SECRET: SECRET }) =>
    tokenCommand(parameters, () => readEnvironment({ DATA_DIR: folder, ...variables }));
  const claimsOf = (token: string, secret = SECRET) =>
    new JwtService({ secret }).verify<{ iat: number; exp: number }>(token, { algorithms: ['HS256'] });

  it('makes an admin of the default tenant for eight hours unless told otherwise', () => {
    const claims = claimsOf(run([]));
    expect(claims).toMatchObject({ sub: 'admin', tenant: 'default', roles: ['admin'], exp: claims.iat + 8 * 3_600 });
  });

  it('takes subject, tenant, roles and time', () => {
    const claims = claimsOf(
      run(['--sub', 'alice', '--tenant=acme', '--roles', 'viewer, trainer,viewer', '--ttl', '15m']),
    );
    expect(claims).toMatchObject({ sub: 'alice', tenant: 'acme', roles: ['viewer', 'trainer'], exp: claims.iat + 900 });
  });

  it('uses the secret that the platform keeps in DATA_DIR', () => {
    const token = run([], {});
    expect(() => claimsOf(token, readFileSync(path.join(folder, 'jwt-secret'), 'utf8').trim())).not.toThrow();
  });

  it.each([
    [['--roles', 'root'], /unknown role "root"; there are viewer, trainer, admin/],
    [['--roles', ''], /unknown role ""/],
    [['--ttl', '8'], /--ttl/],
    [['--ttl', '0h'], /--ttl/],
    [['--ttl', '366d'], /at most 365d/],
    [['--sub', ''], /--sub/],
    [['--tenant', 'a b'], /--tenant/],
    [['--scope', 'all'], /Unknown option '--scope'/],
    [['alice'], /Unexpected argument 'alice'/],
  ])('refuses %j', (parameters, message) => {
    expect(() => run(parameters)).toThrow(message);
  });

  it('shows its usage without reading anything', () => {
    expect(run(['--help'], { PORT: 'wrong' })).toMatch(/^Usage: npm run -s token/);
  });

  it('makes tokens as they are asked for', () => {
    const variables = {
      JWT_SECRET: SECRET,
      JWT_ISSUER: 'https://issuer.example',
      JWT_AUDIENCE: 'training',
      JWT_TENANT_CLAIM: 'org',
      JWT_ROLES_CLAIM: 'https://example.com/roles',
      JWT_MAX_AGE_SECONDS: '600',
    };
    const claims = claimsOf(run(['--tenant', 'acme'], variables));
    expect(claims).toEqual({
      iss: 'https://issuer.example',
      aud: 'training',
      sub: 'admin',
      org: 'acme',
      'https://example.com/roles': ['admin'],
      iat: claims.iat,
      exp: claims.iat + 600,
    });
  });

  it('is refused where its tokens would be', () => {
    expect(() => run([], { JWT_SECRET: SECRET, JWT_JWKS: 'keys.json' })).toThrow(/^JWT_JWKS is set/);
  });

  it('is refused in production unless it is allowed there and the secret is explicit', () => {
    const production = { NODE_ENV: 'production' };
    expect(() => run([], { ...production, JWT_SECRET: SECRET })).toThrow(/ALLOW_TOKEN_CLI/);
    expect(() => run([], { ...production, ALLOW_TOKEN_CLI: 'true' })).toThrow(/JWT_SECRET/);
    expect(claimsOf(run([], { ...production, ALLOW_TOKEN_CLI: 'true', JWT_SECRET: SECRET }))).toBeDefined();
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('parseDuration', () => {
  it.each([
    ['30s', 30],
    ['15m', 900],
    ['8h', 28_800],
    ['7d', 604_800],
  ])('reads %s', (text, seconds) => expect(parseDuration(text)).toBe(seconds));

  it.each(['', '0s', '-1h', '1.5h', '1w', 'h', '1 h', '1h30m'])('refuses "%s"', (text) =>
    expect(parseDuration(text)).toBeUndefined(),
  );
});
