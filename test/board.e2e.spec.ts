import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { appRoutes } from '@bull-board/api/dist/routes.js';
import type { Client } from './support/client.js';
import { testToken } from './support/client.js';
import { eventually } from './support/eventually.js';
import { TestPlatform } from './support/platform.js';
import { createDataset, startedJob } from './support/training.js';

const BOARD = '//admin/queues';
const ACTIVE = `${BOARD}/api/queues?activeQueue=training&status=active&page=1&jobsPerPage=10`;
const CHALLENGE = /^Bearer, Basic realm=/;

interface Shown {
  queues: {
    name: string;
    displayName: string;
    readOnlyMode: boolean;
    counts: Record<string, number>;
    jobs: { id: string; data: object }[];
  }[];
}

describe('the queue board', () => {
  let platform: TestPlatform;
  let admin: Client;
  let running: string;
  /** Of the delivery: one that waited for its dataset was sent later. */
  let generation: number;

  beforeAll(async () => {
    // Leases of a real length: on a busy machine the run would be taken from its worker, and be delivered anew.
    platform = await TestPlatform.start({ environment: { LEASE_MS: '30000' } });
    admin = platform.client;
    const datasetId = await createDataset(admin);
    // It runs for as long as the suite does.
    running = await startedJob(admin, datasetId, { simulation: { epochMs: 60_000 } });
    await eventually(async () => (await shown()).counts['active'] === 1, 'a worker has taken the delivery');
    const [row] = await platform.database.rows<{ generation: number }>(
      'SELECT generation FROM training_jobs WHERE id = $1',
      [running],
    );
    ({ generation } = row!);
  });
  afterAll(() => platform.stop());

  const shown = async () => (await admin.get<Shown>(ACTIVE)).body.queues.find(({ name }) => name === 'training')!;

  it('shows a running job to an admin', async () => {
    expect(await shown()).toMatchObject({
      displayName: 'Training runs',
      readOnlyMode: true,
      jobs: [{ id: `${running}-g${generation}`, data: { jobId: running, generation } }],
    });
  });

  it('is a page, with what it is made of, that no other may frame', async () => {
    const page = await admin.get(BOARD);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.text).toContain('<base href="/admin/queues/" />');
    expect(page.headers.get('content-security-policy')).toContain("base-uri 'self';");
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    for (const [, file] of page.text.matchAll(/(?:src|href)="(static\/[^"]+)"/g)) {
      expect([file, (await admin.get(`${BOARD}/${file}`)).status]).toEqual([file, 200]);
    }
    expect((await admin.get('//livez')).headers.get('content-security-policy')).toContain("base-uri 'none'");
  });

  it('takes a token as the password that a browser asks for', async () => {
    const basic = Buffer.from(`anybody:${testToken()}`).toString('base64');
    const answer = await admin.as(null).raw('GET', BOARD, undefined, { authorization: `Basic ${basic}` });
    expect(answer.status).toBe(200);
  });

  it('leaves a line of who looked', async () => {
    await admin.get(`${BOARD}/api/queues`);
    const line = await eventually(
      () =>
        platform.apis[0]!.logs().find(({ msg, route }) => msg === 'request' && route === '/admin/queues/api/queues'),
      'the request is logged',
    );
    expect(line).toMatchObject({ sub: 'tester', tenant: 'default', status: 200 });
  });

  it('asks in two headers, because Chromium reads one challenge of each', async () => {
    const [answer] = (await once(get(`${admin.origin}/admin/queues`), 'response')) as [IncomingMessage];
    answer.resume();
    expect(answer.headersDistinct['www-authenticate']).toEqual(['Bearer', expect.stringMatching(/^Basic realm="/)]);
  });

  const PLACES = [
    BOARD,
    `${BOARD}/`,
    `${BOARD}/queue/training`,
    ACTIVE,
    `${BOARD}/api/redis/stats`,
    `${BOARD}/static/favicon.ico`,
    '//admin/queue%73',
    '//%61dmin/queues/api/queues',
  ];

  it.each(PLACES)('shows nothing of %s without the role', async (place) => {
    const told = async (token: string | null) => {
      const { status, headers, body } = await admin.as(token).get(place);
      return [status, body['code'], headers.get('content-type'), headers.get('www-authenticate')];
    };
    const problem = 'application/problem+json; charset=utf-8';
    expect(await told(null)).toEqual([401, 'token_missing', problem, expect.stringMatching(CHALLENGE)]);
    expect(await told('nonsense')).toEqual([401, 'token_invalid', problem, expect.stringMatching(CHALLENGE)]);
    for (const role of ['viewer', 'trainer'] as const) {
      expect(await told(testToken({ roles: [role] }))).toEqual([403, 'role_required', problem, null]);
    }
    expect(await told(testToken({ tenant: 'other' }))).toEqual([403, 'operators_only', problem, null]);
  });

  const changes = appRoutes.api
    .filter(({ method }) => method !== 'get')
    .flatMap(({ method, route }) => [route].flat().map((one): [string, string] => [String(method).toUpperCase(), one]));

  it('knows what the board could change', () => expect(changes.length).toBeGreaterThan(15));

  it.each(changes)('changes nothing: %s %s', async (method, route) => {
    const path = route
      .replace(':queueName', 'training')
      .replace(':jobId', `${running}-g${generation}`)
      .replace(':queueStatus', 'active');
    const { status, body } = await admin.send(method, BOARD + path, {});
    expect([status, body['code']]).toEqual([404, 'route_not_found']);
  });

  it('has left the queue as it was', async () => {
    expect((await shown()).jobs).toHaveLength(1);
    expect((await admin.get(`/jobs/${running}`)).body).toMatchObject({ status: 'running', attempt: 1 });
  });
});
