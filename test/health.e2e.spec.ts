import { readFileSync } from 'node:fs';
import { type Client, TEST_SECRET, testToken } from './support/client.js';
import { eventually } from './support/eventually.js';
import { TestPlatform } from './support/platform.js';
import { notAProblem } from './support/problem.js';
import { becomes, type Health } from './support/health.js';
import * as training from './support/training.js';

describe('health', () => {
  let platform: TestPlatform;
  let client: Client;

  beforeAll(async () => {
    platform = await TestPlatform.start();
    ({ client } = platform);
  });
  afterAll(() => platform.stop());

  const health = (asker = client) => asker.get<Health>('/health');
  const verdicts = async () => [(await client.get('//livez')).status, (await client.get('//readyz')).status];

  it('is good on an idle platform with a live worker', async () => {
    const { status, body } = await health();
    expect([status, body.status]).toEqual([200, 'healthy']);
    expect(Object.keys(body.components).toSorted()).toEqual(['artifacts', 'database', 'queue', 'workers']);
    for (const component of Object.values(body.components)) {
      expect(component).toEqual({ status: 'healthy', latency: expect.any(Number) as number });
    }
    expect(Math.abs(Date.now() - Date.parse(body.lastCheck))).toBeLessThan(10_000);
    expect(await verdicts()).toEqual([200, 200]);
  });

  it('counts what the tenant has, no more', async () => {
    const tenant = client.as(testToken({ tenant: 'counted' }));
    expect((await health(tenant)).body).toMatchObject({ activeJobs: 0, totalDatasets: 0, totalModels: 0 });
    const datasetId = await training.createDataset(tenant);
    await training.createDataset(tenant);
    await training.createJob(tenant, datasetId, { modelId: 'idle' });
    const slow = { modelId: 'busy', simulation: { epochMs: 60_000 } };
    const jobId = await training.startedJob(tenant, datasetId, slow);
    await eventually(async () => (await training.getJob(tenant, jobId)).status === 'running', 'the job runs');
    expect((await health(tenant)).body).toMatchObject({ activeJobs: 1, totalDatasets: 2, totalModels: 2 });
    await tenant.post(`/jobs/${jobId}/cancel`);
    await training.ended(tenant, jobId);
    expect((await health(tenant)).body).toMatchObject({ activeJobs: 0 });
    expect((await health()).body).toMatchObject({ totalDatasets: 0, totalModels: 0 });
  });

  it('is degraded without a worker, and good again with one', async () => {
    await platform.workers[0]!.stop();
    const { status, body } = await health();
    expect([status, body.status, body.components.workers.status]).toEqual([200, 'degraded', 'unhealthy']);
    expect(await verdicts()).toEqual([200, 200]);
    await platform.addWorker();
    await becomes(client, 'healthy');
  });

  it('is degraded once a worker has died without a farewell', async () => {
    const worker = platform.workers.at(-1)!;
    worker.kill('SIGKILL');
    await worker.ended;
    await platform.database.rows(`UPDATE workers SET seen_at = seen_at - interval '15 seconds'`);
    expect((await health()).body.status).toBe('degraded');
    await platform.addWorker();
    await becomes(client, 'healthy');
  });

  describe('the documentation', () => {
    it('is a page and a document', async () => {
      const page = await client.as(null).get('//docs');
      expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
      expect(page.text).toContain('swagger-ui');
      for (const asset of ['swagger-ui-bundle.js', 'swagger-ui-init.js', 'swagger-ui.css']) {
        expect((await client.as(null).get(`//docs/${asset}`)).status).toBe(200);
      }
    });

    it('is the one that is kept in the repository', async () => {
      const { body } = await client.as(null).get('//docs-json');
      expect(body).toEqual(JSON.parse(readFileSync('openapi.json', 'utf8')));
    });

    it('is not there where it is switched off', async () => {
      const bare = await platform.addApi({ SWAGGER_ENABLED: 'false' });
      for (const path of ['//docs', '//docs/', '//docs-json', '//docs-yaml', '//docs/swagger-ui.css']) {
        const answer = await bare.as(null).get(path);
        expect([path, answer.status, notAProblem(answer)]).toEqual([path, 404, null]);
      }
    });
  });

  describe('the log', () => {
    const lines = () => platform.apis[0]!.logs().filter(({ msg }) => msg === 'request');

    it.each([
      ['GET', '/jobs/job_none', undefined, '/v1/ai-training/jobs/:id', 404],
      ['GET', '/datasets?limit=1', undefined, '/v1/ai-training/datasets', 200],
      ['GET', '/datasets?limit=bad', undefined, '/v1/ai-training/datasets', 400],
      ['POST', '/datasets', '{"broken', '/v1/ai-training/datasets', 400],
      ['GET', '/nowhere', undefined, 'none', 404],
    ])('has one line for %s %s', async (method, path, body, route, status) => {
      const id = `line-of-${method}-${path.replace(/\W/g, '-')}`;
      await client.raw(method, path, body, { 'x-request-id': id });
      const own = await eventually(() => {
        const found = lines().filter(({ requestId }) => requestId === id);
        return found.length > 0 && found;
      }, `a line of ${id}`);
      expect(own).toEqual([expect.objectContaining({ level: 'info', method, route, status, requestId: id })]);
      expect(own[0]!.durationMs).toEqual(expect.any(Number));
    });

    it('makes up an id where none is sent, or none that is sane, and gives it back', async () => {
      for (const id of ['short', 'x'.repeat(129), 'with blank space', '{"msg":"forged"}']) {
        const answer = await client.raw('GET', '/health', undefined, { 'x-request-id': id });
        expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      }
    });

    it('tells of each change of health once', () => {
      const changes = platform.apis[0]!.logs().filter(({ msg }) => msg === 'Health changed');
      const statuses = changes.map(({ status }) => status);
      expect(statuses).toEqual(['healthy', 'degraded', 'healthy', 'degraded', 'healthy']);
    });

    it('holds no token, no secret and no password, whatever was logged', async () => {
      const { password } = new URL(platform.database.url);
      await client.raw('GET', `/health?token=${testToken()}`, undefined, { cookie: `session=${testToken()}` });
      await client.as('not.a.token').get('/health');
      const all = [...platform.apis, ...platform.workers].flatMap((process) => process.lines);
      expect(all.length).toBeGreaterThan(50);
      for (const secret of [TEST_SECRET, 'Bearer', 'not.a.token', 'eyJ', ...(password ? [password] : [])]) {
        expect(all.filter((line) => line.includes(secret))).toEqual([]);
      }
      expect(all.filter((line) => !line.startsWith('{'))).toEqual([]);
    });
  });
});
