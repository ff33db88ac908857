import type { Client } from './support/client.js';
import { eventually } from './support/eventually.js';
import { becomes } from './support/health.js';
import { TestPlatform } from './support/platform.js';
import { Proxy } from './support/proxy.js';
import { RedisQueue } from './support/queue-backend.js';
import * as training from './support/training.js';

describe('with its queue in Redis, the platform', () => {
  const queue = new RedisQueue(process.env.TEST_REDIS_URL!);
  let platform: TestPlatform;
  let client: Client;
  let datasetId: string;

  beforeAll(async () => {
    platform = await TestPlatform.start({ queue });
    ({ client } = platform);
    datasetId = await training.createDataset(client);
  });
  afterAll(() => platform.stop());

  /** Redis loses all that is ours. */
  const forget = async () => expect(await queue.forget()).toBeGreaterThan(0);

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
    const way = await Proxy.to(queue.url);
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
