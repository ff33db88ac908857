import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { EXAMPLE_DATASET } from './factories/dataset.factory.js';
import { EXAMPLE_JOB } from './factories/job.factory.js';
import type { Client } from './support/client.js';
import { eventually } from './support/eventually.js';
import { becomes } from './support/health.js';
import { TestPlatform } from './support/platform.js';
import { Proxy } from './support/proxy.js';
import * as training from './support/training.js';

const url = process.env.TEST_REDIS_URL;
// Whether its absence is a failure is for the set-up to say, which knows of CI=true.
const suite = url ? describe : describe.skip;

suite('with its queue in Redis, the platform', () => {
  const prefix = `test-${randomBytes(4).toString('hex')}`;
  let platform: TestPlatform;
  let client: Client;
  let redis: Redis;
  let datasetId: string;

  beforeAll(async () => {
    redis = new Redis(url!);
    const environment = { REDIS_URL: url!, REDIS_PREFIX: prefix };
    platform = await TestPlatform.start({ environment });
    ({ client } = platform);
    datasetId = await training.createDataset(client);
  });
  afterAll(async () => {
    await platform.stop();
    await redis.quit();
  });

  /** All that is ours; the server may be somebody's. */
  const forget = async () => {
    const keys = await redis.keys(`${prefix}:*`);
    expect(keys.length).toBeGreaterThan(0);
    await redis.del(keys);
  };

  it('goes from dataset to model version', async () => {
    const dataset = await client.post<{ id: string }>('/datasets', EXAMPLE_DATASET);
    const job = await client.post<{ id: string }>('/jobs', { ...EXAMPLE_JOB, datasetId: dataset.body.id });
    expect((await client.post(`/jobs/${job.body.id}/start`)).status).toBe(202);
    expect(await training.ended(client, job.body.id)).toMatchObject({ status: 'completed', attempt: 1 });
    const versions = await training.versionsOf(client, 'customer_segmentation_model');
    expect(versions).toMatchObject([{ version: '1.0.0', status: 'ready', trainingJobId: job.body.id }]);
    expect((await redis.keys(`${prefix}:*`)).length).toBeGreaterThan(0);
    expect((await becomes(client, 'healthy')).status).toBe(200);
  });

  it('continues a run after kill -9 of its worker, to the metrics of an undisturbed one', async () => {
    const run = { hyperparameters: { epochs: 60 }, simulation: { seed: 42, epochMs: 20 } };
    const calm = await training.ended(client, await training.startedJob(client, datasetId, run));
    await platform.addWorker();
    const jobId = await training.startedJob(client, datasetId, run);
    await training.reachesEpoch(client, jobId, 10);
    (await platform.holderOf(jobId)).kill('SIGKILL');
    const job = await training.ended(client, jobId);
    expect(job).toMatchObject({ status: 'completed', attempt: 2 });
    expect(job.metrics).toEqual(calm.metrics);
  });

  it('delivers again what Redis has lost', async () => {
    await Promise.all(platform.workers.map((worker) => worker.stop()));
    const jobId = await training.startedJob(client, datasetId, { hyperparameters: { epochs: 2 } });
    const waiting = await training.createDataset(client);
    await eventually(async () => {
      const rows = await platform.database.rows('SELECT FROM training_jobs WHERE id = $1 AND dispatch_at IS NULL', [
        jobId,
      ]);
      return rows.length > 0;
    }, 'the delivery is in Redis');
    await forget();
    await platform.addWorker();
    expect(await training.ended(client, jobId)).toMatchObject({ status: 'completed', attempt: 1 });
    expect(await training.datasetSettled(client, waiting)).toMatchObject({ status: 'ready' });
  });

  it('loses nothing when Redis is emptied under a running job', async () => {
    const jobId = await training.startedJob(client, datasetId, { hyperparameters: { epochs: 40 } });
    await training.reachesEpoch(client, jobId, 5);
    await forget();
    expect(await training.ended(client, jobId)).toMatchObject({ status: 'completed', attempt: 1 });
    const after = await training.startedJob(client, datasetId, { hyperparameters: { epochs: 2 } });
    expect(await training.ended(client, after)).toMatchObject({ status: 'completed' });
  });

  it('takes work while Redis is away, and does it once it is back', async () => {
    const way = await Proxy.to(url!);
    const cutOff = await platform.addApi({ REDIS_URL: way.url });
    try {
      await becomes(cutOff, 'healthy');
      await way.cut();
      const { status, body } = await becomes(cutOff, 'degraded');
      expect([status, body.components.queue.status]).toEqual([200, 'unhealthy']);
      const asked = performance.now();
      const jobId = await training.startedJob(cutOff, datasetId, { hyperparameters: { epochs: 2 } });
      expect(performance.now() - asked).toBeLessThan(5_000);
      await way.restore();
      expect(await training.ended(cutOff, jobId)).toMatchObject({ status: 'completed' });
      await becomes(cutOff, 'healthy');
    } finally {
      await platform.apis.at(-1)!.stop();
      await way.cut();
    }
  });
});
