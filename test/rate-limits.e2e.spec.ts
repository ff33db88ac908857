import { randomUUID } from 'node:crypto';
import { type Client, testToken } from './support/client.js';
import { eventually } from './support/eventually.js';
import { TestPlatform } from './support/platform.js';
import { notAProblem, refusal } from './support/problem.js';

const tokenOf = (sub: string, tenant = 'default') => testToken({ sub, tenant });
const counted = async (client: Client, count: number, path = '/datasets') => {
  const statuses: number[] = [];
  for (let sent = 0; sent < count; sent += 1) statuses.push((await client.get(path)).status);
  return statuses;
};
/** For APIs that are not to count together with others; what they counted is gone in a minute. */
const prefix = () => `test-${randomUUID()}`;
const passed = (statuses: number[]) => statuses.filter((status) => status === 200).length;

describe('limits of the rate of requests', () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await TestPlatform.start({ apis: 0, workers: 0 });
  });
  afterAll(() => platform.stop());

  it('are none unless they are set, outside production', async () => {
    const client = await platform.addApi();
    const answer = await client.get('/datasets');
    expect([answer.status, answer.headers.get('ratelimit')]).toEqual([200, null]);
  });

  describe('for a user', () => {
    let client: Client;
    beforeAll(async () => (client = await platform.addApi({ RATE_LIMIT_PER_USER: '5', RATE_LIMIT_EXPENSIVE: '2' })));

    it('are told with every answer, and what is over them is told when to come again', async () => {
      const amy = client.as(tokenOf('amy'));
      const first = await amy.get('/datasets');
      expect(first.headers.get('ratelimit-policy')).toBe('"user";q=5;w=60');
      expect(first.headers.get('ratelimit')).toBe('"user";r=4;t=0');
      expect(passed(await counted(amy, 4))).toBe(4);
      const refused = await amy.get('/datasets');
      expect([notAProblem(refused), ...refusal(refused)]).toEqual([null, 429, 'rate_limited']);
      expect(refused.headers.get('ratelimit')).toMatch(/^"user";r=0;t=(1[0-2]|[1-9])$/);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(12);
    });

    it('count each user alone, by tenant and subject', async () => {
      expect(passed(await counted(client.as(tokenOf('ben')), 7))).toBe(5);
      expect(passed(await counted(client.as(tokenOf('ben', 'other')), 7))).toBe(5);
    });

    it('are stricter for what is expensive', async () => {
      const cleo = client.as(tokenOf('cleo'));
      const answer = await cleo.get('/jobs/compare?jobs=job_a,job_b');
      expect(answer.headers.get('ratelimit-policy')).toBe('"user";q=5;w=60, "expensive";q=2;w=60');
      expect(answer.headers.get('ratelimit')).toBe('"user";r=4;t=0, "expensive";r=1;t=0');
      const statuses = await counted(cleo, 2, '/jobs/compare?jobs=job_a,job_b');
      expect(statuses).toEqual([404, 429]);
      expect(passed(await counted(cleo, 5))).toBe(2);
    });

    it('count many at once exactly', async () => {
      const dora = client.as(tokenOf('dora'));
      const answers = await Promise.all(Array.from({ length: 40 }, () => dora.get('/datasets')));
      expect(passed(answers.map(({ status }) => status))).toBe(5);
    });

    it('leave the probes alone', async () => {
      for (const path of ['//livez', '//readyz']) {
        const statuses = await counted(client.as(null), 10, path);
        expect(passed(statuses)).toBe(10);
      }
    });
  });

  it('are those of all APIs where they share a Redis, and of each where they do not', async () => {
    const limits = { RATE_LIMIT_PER_USER: '5' };
    const apis = [await platform.addApi(limits), await platform.addApi(limits)];
    const statuses: number[] = [];
    for (let sent = 0; sent < 14; sent += 1) {
      statuses.push((await apis[sent % 2]!.as(tokenOf('eve')).get('/datasets')).status);
    }
    expect(passed(statuses)).toBe(process.env.TEST_QUEUE === 'redis' ? 5 : 10);
  });

  describe('for an address', () => {
    it('count what has no valid token as well', async () => {
      const client = await platform.addApi({ RATE_LIMIT_PER_ADDRESS: '5' });
      const guesses = await counted(client.as('guess'), 8);
      expect(guesses).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
      expect((await client.get('/datasets')).status).toBe(429);
      expect((await client.get('//livez')).status).toBe(200);
    });

    it('count paths that no route can be found for, and put them on record', async () => {
      const client = await platform.addApi({ RATE_LIMIT_PER_ADDRESS: '4', REDIS_PREFIX: prefix() });
      const nobody = client.as(null);
      const answers = [];
      for (const path of ['/jobs/%', `/jobs/${'x'.repeat(400)}`, '/jobs/%', '/nope', '/jobs/%']) {
        answers.push(await nobody.get(path));
      }
      expect(answers.map(({ status }) => status)).toEqual([400, 414, 400, 404, 429]);
      const { headers } = answers[0]!;
      expect(['cache-control', 'x-content-type-options', 'ratelimit'].map((name) => headers.get(name))).toEqual([
        'no-store',
        'nosniff',
        expect.stringContaining('address'),
      ]);
      const lines = () =>
        platform.apis
          .at(-1)!
          .logs()
          .filter(({ msg, status }) => msg === 'request' && status !== 404);
      await eventually(() => lines().length === 4, 'all are on record');
      expect(lines().map(({ code, route }) => [code, route])).toEqual([
        ['malformed_url', 'none'],
        ['uri_too_long', 'none'],
        ['malformed_url', 'none'],
        ['rate_limited', 'none'],
      ]);
    });

    it('take no word for it where no proxy is trusted', async () => {
      const client = await platform.addApi({ RATE_LIMIT_PER_ADDRESS: '5', REDIS_PREFIX: prefix() });
      const statuses: number[] = [];
      for (let place = 0; place < 7; place += 1) {
        const headers = { 'x-forwarded-for': `192.0.2.${place}` };
        statuses.push((await client.raw('GET', '/datasets', undefined, headers)).status);
      }
      expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
    });

    it.each([
      ['a number of proxies', '1', '192.0.2.1', '192.0.2.2'],
      ['their addresses', '127.0.0.0/8', '192.0.2.3', '192.0.2.4'],
    ])('are those of the client behind %s', async (_, trusted, one, other) => {
      const limits = { RATE_LIMIT_PER_ADDRESS: '2', TRUST_PROXY: trusted, REDIS_PREFIX: prefix() };
      const client = await platform.addApi(limits);
      const from = async (forwarded: string) =>
        (await client.raw('GET', '/datasets', undefined, { 'x-forwarded-for': forwarded })).status;
      expect([await from(one), await from(one), await from(one), await from(other)]).toEqual([200, 200, 429, 200]);
      // What the client itself said stands before what the proxy said.
      expect(await from(`198.51.100.7, ${one}`)).toBe(429);
      // Some proxies write the port along, or the address as IPv6 has it.
      expect([await from(`${one}:5123`), await from(`::ffff:${one}`)]).toEqual([429, 429]);
    });
  });
});
