import { readFileSync } from 'node:fs';
import { datasetBody } from './factories/dataset.factory.js';
import { BASE_PATH, type Client, testToken } from './support/client.js';
import { eventually } from './support/eventually.js';
import { KeyServer } from './support/key-server.js';
import { TestPlatform } from './support/platform.js';
import { refusal } from './support/problem.js';
import { SigningKey } from './support/signing-key.js';

type Line = Record<string, unknown>;

describe('the log of an API', () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await TestPlatform.start({ workers: 0 });
  });
  afterAll(() => platform.stop());

  const api = () => platform.apis.at(-1)!;
  const has = (what: string, fits: (line: Line) => boolean) => eventually(() => api().logs().find(fits), what);
  const requestLine = (id: string) =>
    has(`a line of ${id}`, ({ msg, requestId }) => msg === 'request' && requestId === id);
  const asking = (client: Client, id: string, path: string) =>
    client.raw('GET', path, undefined, { 'x-request-id': id });

  it('tells of each request when, where, who, what and what came of it, and nothing that is not documented', async () => {
    const began = Date.now();
    const reader = platform.client.as(testToken({ sub: 'reader', tenant: 'acme', roles: ['viewer'] }));
    await asking(reader, 'answered-1', '/datasets?limit=1');
    await asking(reader, 'not-found-1', '/datasets/dataset_none');
    await asking(reader, 'forbidden-1', '/audit');
    await asking(reader.as(null), 'stranger-1', '/datasets');
    const common = {
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
      service: 'api',
      pid: api().pid,
      context: 'Http',
      msg: 'request',
      method: 'GET',
      durationMs: expect.any(Number) as number,
      address: '127.0.0.1',
    };
    const who = { tenant: 'acme', sub: 'reader' };
    const route = (path: string) => `${BASE_PATH}${path}`;
    const page = readFileSync('docs/logging.md', 'utf8');
    for (const expected of [
      { ...common, ...who, requestId: 'answered-1', route: route('/datasets'), status: 200 },
      {
        ...common,
        ...who,
        requestId: 'not-found-1',
        route: route('/datasets/:id'),
        status: 404,
        code: 'dataset_not_found',
      },
      { ...common, ...who, requestId: 'forbidden-1', route: route('/audit'), status: 403, code: 'role_required' },
      { ...common, requestId: 'stranger-1', route: route('/datasets'), status: 401, code: 'token_missing' },
    ]) {
      const line = await requestLine(expected.requestId);
      expect(line).toEqual(expected);
      expect(Date.parse(String(line.time))).toBeGreaterThanOrEqual(began);
      expect(Date.parse(String(line.time))).toBeLessThanOrEqual(Date.now());
      for (const field of Object.keys(line)) expect(page).toContain(`\`${field}\``);
    }
  });

  it('has the stack of what nobody expected, with the id of the request, and keeps it from who asked', async () => {
    await platform.database.rows('ALTER TABLE alerts RENAME TO hidden_alerts');
    try {
      const answer = await asking(platform.client, 'unexpected-1', '/alerts');
      expect(refusal(answer)).toEqual([500, 'internal_error']);
      expect(answer.text).not.toMatch(/relation|alerts|select|\.js:/i);
    } finally {
      await platform.database.rows('ALTER TABLE hidden_alerts RENAME TO alerts');
    }
    const failed = await has(
      'the failure',
      ({ msg, requestId }) => msg === 'Request failed' && requestId === 'unexpected-1',
    );
    expect(failed).toMatchObject({ level: 'error', context: 'Http', code: 'internal_error' });
    expect(failed.err).toMatchObject({
      message: expect.stringContaining('"alerts" does not exist') as string,
      stack: expect.stringMatching(/\n +at .+\.js/) as string,
    });
    expect(await requestLine('unexpected-1')).toMatchObject({ status: 500, code: 'internal_error' });
  });

  it('warns where the keys of the issuer cannot be read, or none of them is of use, and says when they were', async () => {
    const key = new SigningKey('logged', 'ES256');
    const issuer = await KeyServer.start(key);
    const ofKeys = (level: string, text: RegExp) =>
      has(
        `${level} ${text}`,
        (line) => line.context === 'TokenKeys' && line.level === level && text.test(String(line.msg)),
      );
    try {
      issuer.status = 500;
      const client = await platform.addApi({ JWT_JWKS: issuer.url });
      const answer = await asking(client.as(key.token()), 'no-keys-1', '/datasets');
      expect(refusal(answer)).toEqual([503, 'keys_unavailable']);
      await ofKeys('warn', /^The key set could not be read: .*500/);
      const failed = await has(
        'the refusal',
        ({ msg, requestId }) => msg === 'Request failed' && requestId === 'no-keys-1',
      );
      expect(failed).toMatchObject({ level: 'warn', code: 'keys_unavailable', reason: expect.any(String) as string });

      issuer.status = 200;
      issuer.keys = [];
      const other = await platform.addApi({ JWT_JWKS: issuer.url });
      expect((await other.as(key.token()).get('/datasets')).status).toBe(401);
      await ofKeys('warn', /no usable key: every token is refused/);

      issuer.keys = [key];
      const third = await platform.addApi({ JWT_JWKS: issuer.url });
      expect((await third.as(key.token()).get('/datasets')).status).toBe(200);
      await ofKeys('info', /was read: 1 usable keys/);
    } finally {
      issuer.stop();
    }
  });

  it.each([
    ['the other end where no proxy is trusted', '0', '203.0.113.7', '127.0.0.1'],
    ['the last hop where one is', '1', '203.0.113.7, 192.0.2.1', '192.0.2.1'],
    ['the last hop before the trusted addresses', '127.0.0.0/8', '203.0.113.7, 192.0.2.2', '192.0.2.2'],
    ['the other end where a trusted proxy says nothing', '1', '', '127.0.0.1'],
  ])('and the audit name as the address %s', async (_, TRUST_PROXY, forwarded, address) => {
    const sub = `from-${TRUST_PROXY}-${address}`;
    const client = (await platform.addApi({ TRUST_PROXY })).as(testToken({ sub }));
    const headers: Record<string, string> = forwarded === '' ? {} : { 'x-forwarded-for': forwarded };
    const created = await client.raw('POST', '/datasets', JSON.stringify(datasetBody()), headers);
    const refused = await client.as('guess').raw('GET', '/datasets', undefined, headers);
    expect([created.status, refused.status]).toEqual([201, 401]);
    for (const { headers: told } of [created, refused]) {
      expect(await requestLine(told.get('x-request-id')!)).toMatchObject({ address });
    }
    const { body } = await client.get<{ data: object[] }>(`/audit?actor=${encodeURIComponent(sub)}`);
    expect(body.data).toMatchObject([{ actor: sub, address }]);
  });
});
