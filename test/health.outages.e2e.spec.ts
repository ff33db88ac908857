import pg from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from './support/client.js';
import { eventually } from './support/eventually.js';
import { becomes } from './support/health.js';
import { TestPlatform } from './support/platform.js';
import type { ProblemAnswer } from './support/problem.js';
import { Proxy } from './support/proxy.js';
import * as training from './support/training.js';

/** Longest that a request may take whatever the database does; milliseconds. */
const PATIENCE_MS = 15_000;

describe('while its database is away, an API', () => {
  let platform: TestPlatform;
  let proxy: Proxy;
  let client: Client;

  beforeAll(async () => {
    // The worker keeps its own way to the database.
    platform = await TestPlatform.start({ apis: 0 });
    proxy = await Proxy.to(platform.database.url);
    client = await platform.addApi({ DATABASE_URL: proxy.url });
  });
  afterAll(async () => {
    await proxy.restore();
    await platform.stop();
    await proxy.cut();
  });

  /** Through another database: this one may let nobody in. */
  async function administer(...statements: string[]): Promise<void> {
    const admin = new pg.Client({ connectionString: process.env.TEST_SERVER_URL });
    await admin.connect();
    for (const statement of statements) await admin.query(statement);
    await admin.end();
  }
  const name = () => new URL(platform.database.url).pathname.slice(1);
  const terminate = () => `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name()}'`;
  const allow = (allowed: boolean) => `ALTER DATABASE ${name()} ALLOW_CONNECTIONS ${allowed}`;
  const verdicts = async (asker: Client) => {
    const answers = [await asker.get('//livez'), await asker.get('//readyz'), await asker.as(null).get('/health')];
    return answers.map(({ status }) => status);
  };
  const inTime = <T>(answer: Promise<T>) => Promise.race([answer, pause(PATIENCE_MS, null, { ref: false })]);
  const worksAgain = async (asker: Client) => {
    await becomes(asker, 'healthy');
    expect(await verdicts(asker)).toEqual([200, 200, 401]);
    const jobId = await training.startedJob(asker, await training.createDataset(asker));
    expect(await training.ended(asker, jobId)).toMatchObject({ status: 'completed' });
  };

  const OUTAGES: [label: string, begin: () => Promise<void> | void, end: () => Promise<void>][] = [
    ['refused connections', () => proxy.cut(), () => proxy.restore()],
    ['silence', () => proxy.silence(), () => proxy.restore()],
    ['a closed database', () => administer(allow(false), terminate()), () => administer(allow(true))],
  ];

  it.each(OUTAGES)('says so, and works again afterwards: %s', async (_label, begin, end) => {
    await becomes(client, 'healthy');
    await begin();
    try {
      const { status, body } = await becomes(client, 'unhealthy');
      expect(status).toBe(503);
      expect(body.components.database).toMatchObject({ status: 'unhealthy', detail: 'does not answer' });
      expect(body).not.toHaveProperty('activeJobs');
      expect(await verdicts(client)).toEqual([200, 503, 401]);
      expect((await client.get('//readyz')).body).toEqual({ status: 'unavailable' });
    } finally {
      await end();
    }
    await worksAgain(client);
  });

  it.each(OUTAGES)('answers requests with a 503 at once or soon, and never hangs: %s', async (_label, begin, end) => {
    await becomes(client, 'healthy');
    await begin();
    try {
      const answers = await Promise.all([
        inTime(client.get<ProblemAnswer>('/datasets')),
        inTime(client.get<ProblemAnswer>('/jobs/job_none')),
        inTime(client.post<ProblemAnswer>('/jobs/job_none/start')),
      ]);
      for (const answer of answers) {
        expect([answer?.status, answer?.body.code]).toEqual([503, 'database_unavailable']);
        expect(answer!.headers.get('retry-after')).toBe('1');
      }
    } finally {
      await end();
    }
    await becomes(client, 'healthy');
  });

  it('recovers even when it has only just started', async () => {
    const way = await Proxy.to(platform.database.url);
    const fresh = await platform.addApi({ DATABASE_URL: way.url });
    try {
      await way.cut();
      await becomes(fresh, 'unhealthy');
      await way.restore();
      await worksAgain(fresh);
    } finally {
      await platform.apis.at(-1)!.stop();
      await way.cut();
    }
  });

  it('finds its worker at work again, even when that has only just started', async () => {
    await platform.workers[0]!.stop();
    const way = await Proxy.to(platform.database.url);
    const worker = await platform.addWorker({ DATABASE_URL: way.url });
    try {
      await way.cut();
      await eventually(() => worker.logs().find(({ level }) => level === 'warn'), 'the worker misses its database');
      await way.restore();
      await worksAgain(client);
      // And once more, with a run under way.
      const jobId = await training.startedJob(client, await training.createDataset(client), {
        modelId: 'outage',
        simulation: { epochMs: 100 },
      });
      await training.reachesEpoch(client, jobId, 3);
      const warnings = () => worker.logs().filter(({ level }) => level === 'warn').length;
      const before = warnings();
      await way.cut();
      await eventually(() => warnings() > before, 'the worker misses its database');
      await way.restore();
      expect(await training.ended(client, jobId)).toMatchObject({ status: 'completed' });
      expect(await training.versionsOf(client, 'outage')).toMatchObject([{ status: 'ready' }]);
    } finally {
      await worker.stop();
      await way.cut();
    }
  });

  it('has told of it in the log, once a change, without the way to its database', () => {
    const changes = platform.apis[0]!.logs().filter(({ msg }) => msg === 'Health changed');
    const statuses = changes.map(({ status }) => status);
    expect(statuses[0]).toBe('healthy');
    expect(statuses).toContain('unhealthy');
    statuses.forEach((status, index) => expect(status).not.toBe(statuses[index + 1]));
    const { password } = new URL(platform.database.url);
    if (password) expect(platform.apis[0]!.lines.filter((line) => line.includes(password))).toEqual([]);
  });
});
