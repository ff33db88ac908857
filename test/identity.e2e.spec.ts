import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { readEnvironment } from '../src/config/environment.js';
import { DEFAULT_CLAIMS } from '../src/modules/auth/issue-token.js';
import { ownToken } from '../src/modules/auth/own-token.js';
import { datasetBody } from './factories/dataset.factory.js';
import { selfSigned } from './support/certificate.js';
import { type Client, TEST_SECRET, testToken } from './support/client.js';
import { EventStream } from './support/event-stream.js';
import { eventually } from './support/eventually.js';
import { forged, hmac, unsigned } from './support/forge.js';
import { KeyServer } from './support/key-server.js';
import { TestPlatform } from './support/platform.js';
import { notAProblem, refusal } from './support/problem.js';
import { SigningKey } from './support/signing-key.js';

const RSA = new SigningKey('rsa', 'RS256');
const EC = new SigningKey('ec', 'ES256');
const ED = new SigningKey('ed', 'EdDSA');
const KEYS = [RSA, EC, ED];
const NEW_SECRET = 'another-secret-that-is-long-enough-too';
/** Signs as RSA does, and is in no key set. */
const STRANGER = new SigningKey('rsa', 'RS256');

const RULES = {
  JWT_ISSUER: 'https://issuer.example',
  JWT_AUDIENCE: 'training',
  JWT_MAX_AGE_SECONDS: '300',
  JWT_CLOCK_TOLERANCE_SECONDS: '5',
  JWT_TENANT_CLAIM: 'org',
  JWT_ROLES_CLAIM: 'https://example.com/roles',
};
const NAMED = {
  iss: RULES.JWT_ISSUER,
  aud: ['other', RULES.JWT_AUDIENCE],
  [RULES.JWT_ROLES_CLAIM]: ['admin'],
};
const seconds = (shift: number) => Math.floor(Date.now() / 1_000) + shift;

describe('tokens of an issuer', () => {
  let platform: TestPlatform;
  let attacker: KeyServer;
  let file: string;

  beforeAll(async () => {
    platform = await TestPlatform.start({ apis: 0, workers: 0 });
    attacker = await KeyServer.start(STRANGER);
    file = path.join(platform.folder, 'keys.json');
    writeFileSync(file, JSON.stringify({ keys: KEYS.map(({ jwk }) => jwk) }));
  });
  afterAll(async () => {
    attacker.stop();
    await platform.stop();
  });

  const answerTo = (client: Client, token: string) => client.as(token).get('/datasets');
  const statusOf = async (client: Client, token: string) => (await answerTo(client, token)).status;

  describe('with its key set in a file', () => {
    let client: Client;
    beforeAll(async () => (client = await platform.addApi({ JWT_JWKS: file, ...RULES })));

    it.each(KEYS)('lets in whom $algorithm vouches for', async (key) => {
      expect(await statusOf(client, key.token(NAMED))).toBe(200);
    });

    const rs = (claims: object = {}, header: object = {}) => RSA.token({ ...NAMED, ...claims }, { ...header });
    const hs = (secret: string, header: object = {}) =>
      forged(NAMED, { kid: 'rsa', ...header }, hmac('sha256', secret));
    const jwk = STRANGER.jwk;
    const [head, , signature] = rs().split('.');

    it.each<[string, () => string, string?]>([
      ['a token of the secret', () => testToken()],
      ['alg none', () => forged(NAMED, { alg: 'none', kid: 'rsa' }, unsigned)],
      ['no signature', () => forged(NAMED, { alg: 'RS256', kid: 'rsa' }, unsigned)],
      ['HS256 with the public key', () => hs(RSA.pem)],
      ['HS256 with the public key, without its last line end', () => hs(RSA.pem.trim())],
      ['HS256 with the public key, by the name of RS256', () => hs(RSA.pem, { alg: 'RS256' })],
      ["HS256 with the key's modulus", () => hs(RSA.jwk.n as string)],
      ['a key of its own', () => STRANGER.token(NAMED, { jwk })],
      ['a key of its own by another name', () => STRANGER.token(NAMED, { jwk, kid: 'own' })],
      ['a key of its own without a name', () => STRANGER.token(NAMED, { jwk, kid: undefined })],
      ['a key set of its own', () => STRANGER.token(NAMED, { jku: attacker.url })],
      ['a key set of its own with another key', () => STRANGER.token(NAMED, { jku: attacker.url, kid: 'own' })],
      ['a certificate of its own', () => STRANGER.token(NAMED, { x5u: attacker.url, x5c: [STRANGER.pem] })],
      ['an extension', () => rs({}, { crit: ['b64'], b64: true })],
      ['no kid where there are several keys', () => rs({}, { kid: undefined })],
      ['a kid that is no text', () => rs({}, { kid: ['rsa'] })],
      ["another key's kid", () => rs({}, { kid: 'ec' })],
      ["another key's kid and algorithm", () => rs({}, { kid: 'ec', alg: 'ES256' })],
      ["another algorithm of the key's kind", () => rs({}, { alg: 'PS256' })],
      [
        'another tenant under the same signature',
        () => [head, rs({ org: 'other' }).split('.')[1], signature].join('.'),
      ],
      ['another issuer', () => rs({ iss: 'https://issuer.example/' })],
      ['no issuer', () => rs({ iss: undefined })],
      ['another audience', () => rs({ aud: 'other' })],
      ['no audience', () => rs({ aud: undefined })],
      ['a token of another type', () => rs({}, { typ: 'logout+jwt' })],
      ['no age', () => rs({ iat: undefined })],
      ['a token from the future', () => rs({ iat: seconds(60) })],
      ['a token for the future', () => rs({ nbf: seconds(60) })],
      ['no end', () => rs({ exp: undefined })],
      ['a token that is too old', () => rs({ iat: seconds(-400) }), 'token_expired'],
      ['a token that is over', () => rs({ exp: seconds(-60) }), 'token_expired'],
    ])('refuses %s', async (_, token, code = 'token_invalid') => {
      const answer = await answerTo(client, token());
      expect([notAProblem(answer), ...refusal(answer)]).toEqual([null, 401, code]);
    });

    it('asks nobody whom a token names', () => {
      expect(attacker.asked).toBe(0);
    });

    it('bears with a clock that is a little off', async () => {
      expect(await statusOf(client, rs({ exp: seconds(-1) }))).toBe(200);
      expect(await statusOf(client, rs({ nbf: seconds(3), iat: seconds(3) }))).toBe(200);
    });

    it('refuses a token that it has let in as soon as it is over', async () => {
      const token = rs({ exp: seconds(0) });
      expect([await statusOf(client, token), await statusOf(client, token)]).toEqual([200, 200]);
      await eventually(async () => refusal(await answerTo(client, token))[1] === 'token_expired', 'the token ends');
    });

    it('reads the tenant where it is told to, and gives it tickets', async () => {
      const created = await client.as(rs({ org: 'acme' })).post('/datasets', datasetBody());
      expect(created.status).toBe(201);
      const listed = async (org: string) =>
        (await client.as(rs({ org, tenant: 'acme' })).get<{ data: object[] }>('/datasets')).body.data;
      expect([await listed('acme'), await listed('other')]).toEqual([[expect.anything()], []]);
      const end = seconds(0) + 10;
      const ticket = await client.as(rs({ exp: end })).post<{ expiresAt: string }>('/stream-tickets');
      expect([ticket.status, Date.parse(ticket.body.expiresAt)]).toEqual([201, (end + 5) * 1_000]);
    });
  });

  describe('with its key set at a URL', () => {
    it('follows a rotation, and is not asked more often for keys that nobody has', async () => {
      const [first, second, third] = KEYS as [SigningKey, SigningKey, SigningKey];
      const issuer = await KeyServer.start(first);
      try {
        const client = await platform.addApi({ JWT_JWKS: issuer.url });
        const remembered = first.token();
        expect([await statusOf(client, remembered), await statusOf(client, remembered)]).toEqual([200, 200]);
        expect(await statusOf(client, first.token({}, { kid: undefined }))).toBe(200);
        expect([await statusOf(client, STRANGER.token()), issuer.asked]).toEqual([401, 1]);
        issuer.keys = [second, third];
        expect(await Promise.all([second, third].map((key) => statusOf(client, key.token())))).toEqual([200, 200]);
        expect(await Promise.all([first.token(), remembered].map((token) => statusOf(client, token)))).toEqual([
          401, 401,
        ]);
        const guesses = Array.from({ length: 20 }, (_, n) => statusOf(client, first.token({}, { kid: `guess ${n}` })));
        expect(new Set(await Promise.all(guesses))).toEqual(new Set([401]));
        expect(issuer.asked).toBe(2);
        issuer.status = 500;
        expect(await statusOf(client, second.token())).toBe(200);
      } finally {
        issuer.stop();
      }
    });

    it('says that it is not the token where no keys can be had', async () => {
      const issuer = await KeyServer.start(RSA);
      issuer.status = 302;
      try {
        const client = await platform.addApi({ JWT_JWKS: issuer.url });
        const answer = await answerTo(client, RSA.token());
        expect(refusal(answer)).toEqual([503, 'keys_unavailable']);
        expect(answer.headers.get('content-type')).toContain('application/problem+json');
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
        expect(refusal(await answerTo(client.as(null), 'nonsense'))).toEqual([401, 'token_invalid']);
        expect((await client.as(null).get('//livez')).status).toBe(200);
      } finally {
        issuer.stop();
      }
    });

    it('is had over TLS from whom a known authority vouches for, and by the name that it vouches for alone', async () => {
      const certificate = selfSigned('localhost');
      const NODE_EXTRA_CA_CERTS = path.join(platform.folder, 'authority.pem');
      writeFileSync(NODE_EXTRA_CA_CERTS, certificate.cert);
      const issuer = await KeyServer.startTls(certificate, RSA);
      const named = issuer.urlFor('localhost');
      try {
        for (const [variables, reason] of [
          [{ JWT_JWKS: named }, /could not be read: .*self-signed certificate/],
          [{ JWT_JWKS: issuer.url, NODE_EXTRA_CA_CERTS }, /could not be read: .*IP: 127\.0\.0\.1 is not in the cert/],
        ] as const) {
          const client = await platform.addApi(variables);
          expect(refusal(await answerTo(client, RSA.token()))).toEqual([503, 'keys_unavailable']);
          const api = platform.apis.at(-1)!;
          const warned = () => api.logs().find(({ level, msg }) => level === 'warn' && reason.test(String(msg)));
          await eventually(warned, `a warning like ${reason}`, 5_000);
        }
        expect(issuer.asked).toBe(0);
        const trusting = await platform.addApi({ JWT_JWKS: named, NODE_EXTRA_CA_CERTS });
        expect([await statusOf(trusting, RSA.token()), issuer.asked]).toEqual([200, 1]);
      } finally {
        issuer.stop();
      }
    });

    it.each(['http://issuer.example/keys', 'https://user:hunter2@issuer.example/keys'])(
      'does not start with %s in production',
      async (JWT_JWKS) => {
        const starting = platform.addApi({
          JWT_JWKS,
          NODE_ENV: 'production',
          JWT_ISSUER: 'https://issuer.example',
          JWT_AUDIENCE: 'training',
        });
        await expect(starting).rejects.toThrow(/JWT_JWKS: (must|expected)/);
        await expect(starting).rejects.not.toThrow(/hunter2/);
      },
    );
  });

  it('are what the token command makes, where there is no issuer', async () => {
    const client = await platform.addApi(RULES);
    const token = ownToken(readEnvironment(platform.variables(RULES)), { ...DEFAULT_CLAIMS, tenant: 'acme' }, 3_600);
    expect(await statusOf(client, token)).toBe(200);
    expect(refusal(await answerTo(client, testToken()))).toEqual([401, 'token_invalid']);
  });

  describe('of a type and a length that are asked for', () => {
    it('are access tokens by long keys, and no others', async () => {
      const long = new SigningKey('long', 'RS256', 3_072);
      writeFileSync(file, JSON.stringify({ keys: [RSA, long].map(({ jwk }) => jwk) }));
      const client = await platform.addApi({ JWT_JWKS: file, JWT_TYPE: 'at+jwt', JWT_RSA_BITS: '3072' });
      expect(await statusOf(client, long.token({}, { typ: 'at+jwt' }))).toBe(200);
      expect(await statusOf(client, long.token({}, { typ: 'JWT' }))).toBe(401);
      expect(await statusOf(client, RSA.token({}, { typ: 'at+jwt' }))).toBe(401);
    });
  });
});

describe('a secret that is being changed', () => {
  it('is good for what it signed, tokens, tickets and cursors, until it is taken away', async () => {
    const [before, after] = [testToken(), forged({}, {}, hmac('sha256', NEW_SECRET))];
    const platform = await TestPlatform.start({ workers: 0 });
    try {
      const [old] = platform.clients as [Client];
      for (const name of ['one', 'two']) expect((await old.post('/datasets', datasetBody({ name }))).status).toBe(201);
      const { body } = await old.get<{ nextCursor: string }>('/datasets?limit=1');
      const { ticket } = (await old.post<{ ticket: string }>('/stream-tickets')).body;
      const changing = await platform.addApi({ JWT_SECRET: NEW_SECRET, JWT_SECRET_PREVIOUS: TEST_SECRET });
      const changed = await platform.addApi({ JWT_SECRET: NEW_SECRET });
      const all = async (api: Client) => {
        const stream = await EventStream.open(api.origin, `/jobs/stream?ticket=${ticket}`, { token: null });
        stream.cut();
        const tokens = [await statusOfToken(api, before), await statusOfToken(api, after)];
        const page = await api.as(after).get(`/datasets?limit=1&cursor=${body.nextCursor}`);
        return [...tokens, stream.status, page.status];
      };
      expect(await all(changing)).toEqual([200, 200, 200, 200]);
      expect(await all(changed)).toEqual([401, 200, 401, 400]);
    } finally {
      await platform.stop();
    }
  });
});

const statusOfToken = async (client: Client, token: string) => (await client.as(token).get('/datasets')).status;
