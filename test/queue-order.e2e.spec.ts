import { type Client, testToken } from './support/client.js';
import { eventually } from './support/eventually.js';
import { TestPlatform } from './support/platform.js';
import { getQueue, placeOf } from './support/queue.js';
import * as training from './support/training.js';

/** Minutes; a test ends it before. */
const LONG = { hyperparameters: { epochs: 10_000 }, simulation: { seed: 7, epochMs: 20 } };
const SHORT = { hyperparameters: { epochs: 2 } };

describe('the queue', () => {
  let platform: TestPlatform;
  let client: Client;
  let other: Client;
  let datasetId: string;
  let theirs: string;

  beforeAll(async () => {
    platform = await TestPlatform.start({ environment: { WORKER_CONCURRENCY: '1' } });
    ({ client } = platform);
    other = client.as(testToken({ tenant: 'other' }));
    [datasetId, theirs] = await Promise.all([training.createDataset(client), training.createDataset(other)]);
    await Promise.all([training.datasetSettled(client, datasetId), training.datasetSettled(other, theirs)]);
  });
  afterAll(() => platform.stop());

  /** Resolves once the queue has it, so that the next one comes later. */
  async function start(owner: Client, jobId: string): Promise<string> {
    await training.startJob(owner, jobId);
    await eventually(async () => {
      const sql = 'SELECT FROM training_jobs WHERE id = $1 AND dispatch_at IS NULL';
      return (await platform.database.rows(sql, [jobId])).length > 0;
    }, `the queue has ${jobId}`);
    return jobId;
  }
  const queued = async (priority: number, settings: object = SHORT) =>
    start(client, await training.createJob(client, datasetId, { ...settings, priority }));
  const busyWith = async (settings: object): Promise<string> => {
    const id = await queued(0, settings);
    await training.reachesEpoch(client, id, 2);
    return id;
  };
  /** Of these jobs, those that were taken by a worker, in that order; every time that they were. */
  const taken = async (ids: string[]): Promise<string[]> => {
    const sql = `SELECT job_id FROM job_events WHERE job_id = ANY($1) AND phase = 'starting' ORDER BY at`;
    return (await platform.database.rows<{ job_id: string }>(sql, [ids])).map((row) => row.job_id);
  };

  it('is served in the order in which it says it stands', async () => {
    const blocker = await busyWith(LONG);
    const usual = await queued(0);
    const least = await queued(-100);
    const high = await queued(10);
    const later = await queued(0);
    const foreign = await start(other, await training.createJob(other, theirs, SHORT));
    const raised = await training.createJob(client, datasetId, SHORT);
    expect((await client.patch(`/jobs/${raised}`, { priority: 100 })).body).toMatchObject({ priority: 100 });
    await start(client, raised);
    expect((await client.patch(`/jobs/${least}`, { priority: 100 })).status).toBe(409);

    const order = [raised, high, usual, later, foreign, least];
    for (const [ahead, id] of order.entries()) {
      expect(await placeOf(id === foreign ? other : client, id)).toEqual({
        position: ahead + 1,
        ahead,
        estimatedStartAt: expect.any(String) as string,
      });
    }

    const seen = await getQueue(client);
    expect(seen).toMatchObject({
      counts: { queued: 5, running: 1, recovering: 0, retryWait: 0, paused: 0, waitingForDataset: 0 },
      platform: { queued: 6, running: 1, capacity: 1 },
      running: [{ id: blocker, priority: 0, attempt: 1, estimatedTimeRemaining: expect.any(Number) as number }],
      workers: [{ running: 1, capacity: 1 }],
    });
    expect(seen.expectedDrainMs).toBeGreaterThan(0);
    expect(JSON.stringify(seen)).not.toContain(foreign);
    const seenByOther = await getQueue(other);
    expect(seenByOther).toMatchObject({
      ...{ counts: { queued: 1, running: 0 }, platform: seen.platform, running: [], workers: seen.workers },
    });
    for (const id of [blocker, ...order.filter((mine) => mine !== foreign)]) {
      expect(JSON.stringify(seenByOther)).not.toContain(id);
    }

    await client.post(`/jobs/${blocker}/cancel`);
    for (const id of order) await training.ended(id === foreign ? other : client, id);
    expect(await taken(order)).toEqual(order);
    expect(await placeOf(client, usual)).toBeUndefined();
  });

  it('lets an interrupted run go before fresh ones of its priority', async () => {
    const interrupted = await busyWith({ ...LONG, hyperparameters: { epochs: 100 } });
    const fresh = await queued(0);
    const urgent = await queued(1, { hyperparameters: { epochs: 20 }, simulation: { seed: 7, epochMs: 50 } });
    await platform.workers[0]!.stop();

    const order = [urgent, interrupted, fresh];
    for (const [ahead, id] of order.entries()) {
      // Nobody is alive to tell a time for.
      expect(await placeOf(client, id)).toEqual({ position: ahead + 1, ahead });
    }
    const queue = await getQueue(client);
    expect(queue).toMatchObject({ counts: { queued: 2, running: 0, recovering: 1 }, workers: [], running: [] });
    expect(queue).not.toHaveProperty('expectedDrainMs');

    await platform.addWorker();
    for (const id of order) expect(await training.ended(client, id)).toMatchObject({ status: 'completed' });
    expect(await taken(order)).toEqual([interrupted, ...order]);
  });
});
