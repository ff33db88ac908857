import { eventually } from './support/eventually.js';
import { Metrics } from './support/metrics.js';
import { TestPlatform } from './support/platform.js';
import { createDataset, ended, eventsOf, startedJob } from './support/training.js';

const JOBS = 20;
const EPOCHS = 150;

describe('a worker that is told to end in the middle of twenty runs', () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await TestPlatform.start({ environment: { WORKER_CONCURRENCY: String(JOBS) } });
  });
  afterAll(() => platform.stop());

  it('hands them all back in time: no epoch is lost or repeated, and nothing counts as a failure', async () => {
    const { client, database } = platform;
    const datasetId = await createDataset(client);
    const job = { hyperparameters: { epochs: EPOCHS }, simulation: { epochMs: 40 } };
    const ids = await Promise.all(Array.from({ length: JOBS }, () => startedJob(client, datasetId, job)));
    const underWay = async () =>
      (await database.rows(`SELECT FROM training_jobs WHERE status = 'running' AND current_epoch >= 5`)).length;
    await eventually(async () => (await underWay()) === JOBS, 'all of them train');
    const leaving = platform.workers[0]!;
    leaving.kill('SIGTERM');
    expect(await leaving.ended).toEqual({ code: 0, signal: null });
    await platform.addWorker();
    const left = await database.rows('SELECT id FROM workers');
    expect(left).toHaveLength(1);

    const jobs = await Promise.all(ids.map((id) => ended(client, id, 60_000)));
    expect(jobs.filter(({ status, attempt }) => status !== 'completed' || attempt > 2)).toEqual([]);
    expect(jobs.some(({ attempt }) => attempt === 2)).toBe(true);
    const epochs = await database.rows<{ trained: number; last: number; failures: number }>(
      `SELECT count(*)::int AS trained, max(progress.current_epoch) AS last, job.failures
       FROM training_jobs AS job JOIN training_progress AS progress ON progress.job_id = job.id GROUP BY job.id`,
    );
    expect(epochs).toEqual(ids.map(() => ({ trained: EPOCHS, last: EPOCHS, failures: 0 })));
    const handedBack = (await eventsOf(client, jobs.find(({ attempt }) => attempt === 2)!.id)).filter(
      ({ reason }) => reason === 'handed_back',
    );
    expect(handedBack).toHaveLength(1);
  });
});

describe('an API that is told to end', () => {
  it('says so, and serves on for as long as its proxies may take to notice', async () => {
    const platform = await TestPlatform.start({
      workers: 0,
      environment: { SHUTDOWN_DRAIN_MS: '2000', METRICS_PORT: '0' },
    });
    try {
      const { client } = platform;
      const [api] = platform.apis;
      const metrics = await Metrics.of(api!);
      expect((await client.as(null).get('//readyz')).status).toBe(200);
      api!.kill('SIGTERM');
      await eventually(async () => (await client.as(null).get('//readyz')).status === 503, 'it says so');
      expect((await metrics.ask('/readyz'))[0]).toBe(503);
      expect((await client.get('/datasets')).status).toBe(200);
      expect((await client.as(null).get('//livez')).status).toBe(200);
      expect(await api!.ended).toEqual({ code: 0, signal: null });
      await expect(client.get('/datasets')).rejects.toThrow('fetch failed');
    } finally {
      await platform.stop();
    }
  });
});
