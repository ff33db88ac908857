import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROLES, suffices } from '../src/http/role.js';
import { ACCESS, type Needed } from './support/access-matrix.js';
import { ask, inAnOrder, nameOf } from './support/ask.js';
import { Target } from './support/bad-input.js';
import { testToken } from './support/client.js';
import { fingerprint } from './support/fingerprint.js';
import { forged, hmac, rsa, tampered, unsigned } from './support/forge.js';
import { SigningKey } from './support/signing-key.js';

const BAD_TOKENS: Record<string, () => string> = {
  expired: () => testToken({}, -60),
  'of another secret': () => forged({}, {}, hmac('sha256', 'another-secret-that-is-long-enough')),
  'alg none': () => forged({}, { alg: 'none' }, unsigned),
  unsigned: () => forged({}, {}, unsigned),
  'of an RSA key of its own': () => forged({}, { alg: 'RS256' }, rsa),
  'RS256 by name, HS256 by nature': () => forged({}, { alg: 'RS256' }),
  'tampered with, for a role more': () => tampered({ roles: ['admin', 'root'] }),
  'tampered with, for another tenant': () => tampered({ tenant: 'other' }),
};

describe('who may do what', () => {
  let target: Target;

  beforeAll(async () => {
    target = await Target.start();
  });
  afterAll(() => target.platform.stop());

  const rows = () =>
    inAnOrder(target.api.operations).map((operation) => ({ operation, row: ACCESS[nameOf(operation)]! }));
  const closed = () => rows().filter(({ row: [needs] }) => needs !== 'nobody');

  /** What all closed operations answer to the token; nothing may have changed by it. */
  async function answers(
    token: (needs: Needed) => string | null,
    api = target.client,
  ): Promise<[string, number, string | undefined][]> {
    const before = await fingerprint(target.platform.database);
    const given: [string, number, string | undefined][] = [];
    for (const { operation, row } of closed()) {
      const { status, code } = await ask(target, operation, token(row[0]), api);
      given.push([nameOf(operation), status, code]);
    }
    expect(await fingerprint(target.platform.database)).toEqual(before);
    return given;
  }
  const all = (status: number, code: string, operations = closed()) =>
    operations.map(({ operation }) => [nameOf(operation), status, code]);

  it('has a row for each operation, and no other', () => {
    expect(Object.keys(ACCESS).sort()).toEqual(target.api.operations.map(nameOf).sort());
  });

  it('is what the document says', () => {
    for (const { operation, row } of rows()) {
      const [needs] = row;
      expect([nameOf(operation), operation['x-required-role'] ?? 'nobody']).toEqual([nameOf(operation), needs]);
      expect([nameOf(operation), operation.security !== undefined]).toEqual([nameOf(operation), needs !== 'nobody']);
    }
  });

  it('opens nothing but the probes to nobody', async () => {
    expect(await answers(() => null)).toEqual(all(401, 'token_missing'));
    const open = rows().filter(({ row: [needs] }) => needs === 'nobody');
    for (const { operation } of open) expect((await ask(target, operation, null)).status).toBe(200);
  });

  it.each(Object.entries(BAD_TOKENS))('opens nothing to a token that is %s', async (name, token) => {
    const code = name === 'expired' ? 'token_expired' : 'token_invalid';
    expect(await answers(token)).toEqual(all(401, code));
  });

  it('opens nothing to a token for another audience, or of another issuer', async () => {
    const [issuer, audience] = ['https://issuer.example', 'training'];
    const strict = await target.platform.addApi({ JWT_ISSUER: issuer, JWT_AUDIENCE: audience });
    const said = { iss: issuer, aud: audience };
    for (const wrong of [{ aud: 'other' }, { aud: undefined }, { iss: 'https://other.example' }, { iss: undefined }]) {
      expect(await answers(() => forged({ ...said, ...wrong }), strict)).toEqual(all(401, 'token_invalid'));
    }
    expect((await strict.as(forged(said)).get('/datasets')).status).toBe(200);
  });

  it('opens nothing to HS256 with the public key of an issuer, nor to a stranger to its key set', async () => {
    const [key, stranger] = [new SigningKey('rsa', 'RS256'), new SigningKey('rsa', 'RS256')];
    const file = join(target.platform.folder, 'keys.json');
    writeFileSync(file, JSON.stringify({ keys: [key.jwk] }));
    const trusting = await target.platform.addApi({ JWT_JWKS: file });
    for (const token of [
      () => forged({}, { kid: 'rsa' }, hmac('sha256', key.pem)),
      () => forged({}, { kid: 'rsa', alg: 'RS256' }, hmac('sha256', key.pem)),
      () => stranger.token(),
      () => testToken(),
    ]) {
      expect(await answers(token, trusting)).toEqual(all(401, 'token_invalid'));
    }
    expect((await trusting.as(key.token()).get('/datasets')).status).toBe(200);
  });

  it('opens nothing to a token without a role', async () => {
    expect(await answers(() => testToken({ roles: [] }))).toEqual(all(403, 'role_required'));
    expect(await answers(() => forged({ roles: ['root', 'Admin'] }))).toEqual(all(403, 'role_required'));
  });

  it.each(ROLES)('opens nothing above it to the role %s', async (role) => {
    const above = closed().filter(({ row: [needs] }) => !suffices([role], needs as typeof role));
    expect(above.length > 0).toBe(role !== 'admin');
    const before = await fingerprint(target.platform.database);
    for (const { operation } of above) {
      const { status, code } = await ask(target, operation, testToken({ roles: [role] }));
      expect([nameOf(operation), status, code]).toEqual([nameOf(operation), 403, 'role_required']);
    }
    expect(await fingerprint(target.platform.database)).toEqual(before);
  });

  it('gives an admin of another tenant not one id of this one, and 404 for each', async () => {
    const before = await fingerprint(target.platform.database);
    const own = Object.entries(target.ids).filter(([name]) => !name.startsWith('foreign'));
    for (const { operation } of closed()) {
      const { method, path } = operation;
      if (method === 'POST' && /\/(datasets|jobs|revocations(\/\w+)?)$/.test(path)) continue;
      const { status, text } = await ask(target, operation, testToken({ tenant: 'stranger', roles: ['admin'] }));
      const isNamed = path.includes('{') && !path.includes('{modelType}');
      if (isNamed) expect([nameOf(operation), status]).toEqual([nameOf(operation), 404]);
      // A refusal names what was asked for, to whoever asked for it.
      if (!isNamed && status < 400) {
        expect([nameOf(operation), own.filter(([, id]) => text.includes(id))]).toEqual([nameOf(operation), []]);
      }
    }
    expect(await fingerprint(target.platform.database)).toEqual(before);
  });

  it('opens everything else to the least role that is enough, and to those above it', async () => {
    const given: Record<string, readonly [Needed, number]> = {};
    for (const { operation, row } of rows()) {
      const [needs] = row;
      const [least, ...above] = ROLES.filter((role) => needs === 'nobody' || suffices([role], needs));
      // Each somebody else, for some revoke their own tokens.
      const as = (role: (typeof ROLES)[number]) => testToken({ sub: `${role}: ${nameOf(operation)}`, roles: [role] });
      given[nameOf(operation)] = [needs, (await ask(target, operation, as(least!))).status];
      for (const role of above) {
        const { status } = await ask(target, operation, as(role));
        expect([nameOf(operation), role, status, [401, 403].includes(status) || status >= 500]).toEqual([
          nameOf(operation),
          role,
          status,
          false,
        ]);
      }
    }
    expect(given).toEqual(ACCESS);
  });
});
