import { testToken } from './support/client.js';
import { TestPlatform } from './support/platform.js';
import {
  createDataset,
  createJob,
  ended,
  type EventAnswer,
  eventsOf,
  type Page,
  startedJob,
  versionsOf,
} from './support/training.js';

/** All that a job can pass through; how quick the dataset and each step were decides which of them it is seen in. */
const PHASES = [
  ...['created', 'waiting_for_dataset', 'queued', 'starting', 'training'],
  ...['evaluating', 'measuring', 'saving', 'done'],
];

describe('what is kept of a job', () => {
  let platform: TestPlatform;
  let datasetId: string;

  beforeAll(async () => {
    platform = await TestPlatform.start();
    datasetId = await createDataset(platform.client);
  });
  afterAll(() => platform.stop());

  it('tells each change with its attempt, worker and reason, oldest first', async () => {
    const { client } = platform;
    const jobId = await startedJob(client, datasetId, { hyperparameters: { epochs: 2 } });
    await ended(client, jobId);
    const events = await eventsOf(client, jobId);
    expect(events.map(({ number }) => number)).toEqual(events.map((_, index) => index + 1));
    const told = events.map(({ phase }) => phase);
    expect(told).toEqual(PHASES.filter((phase) => told.includes(phase)));
    expect(told).toEqual(expect.arrayContaining(['created', 'queued', 'starting', 'training', 'done']));
    expect(events.at(-1)).toMatchObject({ status: 'completed', attempt: 1, epoch: 2 });
    expect(events.find(({ phase }) => phase === 'starting')!.workerId).toMatch(/^worker_/);
    expect(events[0]!.workerId).toBeUndefined();
  });

  it('pages through them', async () => {
    const { client } = platform;
    const jobId = await startedJob(client, datasetId, { hyperparameters: { epochs: 1 } });
    await ended(client, jobId);
    const numbers: number[] = [];
    for (let cursor = ''; ;) {
      const { body } = await client.get<Page<EventAnswer>>(`/jobs/${jobId}/events?limit=2${cursor}`);
      numbers.push(...body.data.map(({ number }) => number));
      if (!body.hasMore) break;
      cursor = `&cursor=${body.nextCursor}`;
    }
    expect(numbers).toEqual((await eventsOf(client, jobId)).map(({ number }) => number));
    const stranger = client.as(testToken({ tenant: 'other' }));
    expect((await stranger.get(`/jobs/${jobId}/events`)).status).toBe(404);
  });

  it('goes with a job that is deleted, once it has ended', async () => {
    const { client, database } = platform;
    const fault = { simulation: { faults: [{ kind: 'fail', atEpoch: 5 }] }, modelId: 'deleted' };
    const jobId = await startedJob(client, datasetId, fault);
    await ended(client, jobId);
    const retried = await client.post<{ id: string }>(`/jobs/${jobId}/retry`);
    await ended(client, retried.body.id);
    expect((await client.as(testToken({ tenant: 'other' })).delete(`/jobs/${jobId}`)).status).toBe(404);
    expect((await client.delete(`/jobs/${jobId}`)).status).toBe(204);
    expect((await client.delete(`/jobs/${jobId}`)).status).toBe(404);
    for (const table of ['training_progress', 'job_events']) {
      expect(await database.rows(`SELECT FROM ${table} WHERE job_id = $1`, [jobId])).toEqual([]);
    }
    const { body } = await client.get<{ retryOf?: string }>(`/jobs/${retried.body.id}`);
    expect(body.retryOf).toBeUndefined();
  });

  it('is kept while the job is under way, or a version rests on it', async () => {
    const { client } = platform;
    const waiting = await createJob(client, datasetId);
    expect(await client.delete(`/jobs/${waiting}`)).toMatchObject({ status: 409, body: { code: 'job_not_ended' } });
    const jobId = await startedJob(client, datasetId, { modelId: 'kept', hyperparameters: { epochs: 1 } });
    await ended(client, jobId);
    expect(await client.delete(`/jobs/${jobId}`)).toMatchObject({ status: 409, body: { code: 'job_in_use' } });
    expect(await versionsOf(client, 'kept')).toMatchObject([{ version: '1.0.0', trainingJobId: jobId }]);
  });
});
