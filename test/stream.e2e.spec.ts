import { EventStream, type StreamEvent } from './support/event-stream.js';
import { eventually } from './support/eventually.js';
import { testToken } from './support/client.js';
import { TestPlatform } from './support/platform.js';
import { createDataset, createJob, ended, reachesEpoch, startedJob, startJob } from './support/training.js';

const EPOCHS = 1_000;
const CUTS = 50;

const epochsOf = (events: StreamEvent[]) =>
  events.filter(({ name }) => name === 'progress').map(({ data }) => data.currentEpoch);
const oneTo = (n: number) => Array.from({ length: n }, (_, index) => index + 1);

/** As a browser: comes back with the id of the last event it has, until it is told that there is nothing more. */
async function watchedThrough(
  open: (lastEventId: string) => Promise<EventStream>,
  cutAfter: (connection: number) => number | null,
): Promise<{ events: StreamEvent[]; connections: number }> {
  const events: StreamEvent[] = [];
  let lastEventId = '0';
  for (let connections = 1; ; connections++) {
    const stream = await open(lastEventId);
    if (stream.status === 204) return { events, connections };
    expect(stream.status).toBe(200);
    let left = cutAfter(connections) ?? Infinity;
    for await (const event of stream) {
      events.push(event);
      lastEventId = event.id ?? lastEventId;
      if (--left <= 0) break;
    }
    stream.cut();
  }
}

describe('the live stream of a job', () => {
  let platform: TestPlatform;
  let datasetId: string;
  let streamOf: (jobId: string, query?: string) => string;
  /** Of a job on which nothing happens; open from the beginning of the suite. */
  let quiet: EventStream;

  beforeAll(async () => {
    platform = await TestPlatform.start({ apis: 2 });
    datasetId = await createDataset(platform.client);
    streamOf = (jobId, query = '') => `/jobs/${jobId}/progress/stream${query}`;
    quiet = await open(streamOf(await run(5, 0)));
    void quiet.all();
  });

  afterAll(() => platform.stop());

  const run = (epochs: number, epochMs: number, overrides: Record<string, unknown> = {}) =>
    createJob(platform.client, datasetId, {
      hyperparameters: { epochs },
      simulation: { epochMs, seed: 7 },
      ...overrides,
    });
  const open = (path: string, options = {}, api = 0) => EventStream.open(platform.clients[api]!.origin, path, options);

  it('gives a client that is cut off again and again every epoch once, in order, over two APIs', async () => {
    const jobId = await run(EPOCHS, 2);
    await startJob(platform.client, jobId);
    let api = 0;
    const { events, connections } = await watchedThrough(
      (lastEventId) => open(streamOf(jobId), { lastEventId }, api++ % 2),
      (connection) => (connection <= CUTS ? 1 + Math.floor(Math.random() * 30) : null),
    );
    expect(epochsOf(events)).toEqual(oneTo(EPOCHS));
    expect(connections).toBeGreaterThanOrEqual(CUTS);
    const phases = events.filter(({ name }) => name === 'phase').map(({ data }) => data.number);
    expect(phases).toEqual(oneTo(phases.length));
    expect(events.filter(({ name }) => name === 'done')).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ name: 'done', data: { jobId, status: 'completed', version: '1.0.0' } });
    const ids = events.filter(({ id }) => id !== undefined).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('begins with where the job stands, and goes on from there', async () => {
    const jobId = await run(60, 10);
    const stream = await open(streamOf(jobId));
    expect(stream.response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
    });
    await startJob(platform.client, jobId);
    const events = await stream.all();
    expect(events[0]).toMatchObject({ name: 'snapshot', data: { jobId, currentEpoch: 0, status: 'created' } });
    expect(epochsOf(events)).toEqual(oneTo(60));
    const phases = events.filter(({ name }) => name === 'phase').map(({ data }) => data.phase);
    expect(phases).toEqual(['queued', 'starting', 'training', 'evaluating', 'measuring', 'saving', 'done']);
    const late = await (await open(streamOf(jobId))).all();
    expect(late.map(({ name }) => name)).toEqual(['snapshot', 'done']);
  });

  it('resumes by query as by header, and after an epoch alone', async () => {
    const jobId = await run(20, 0);
    await startJob(platform.client, jobId);
    await ended(platform.client, jobId);
    const all = await (await open(streamOf(jobId, '?after=0'))).all();
    const middle = all[10]!;
    const rest = await (await open(streamOf(jobId, `?after=${middle.id}`))).all();
    expect(rest).toEqual(all.slice(11));
    expect(epochsOf(await (await open(streamOf(jobId, '?after=15'))).all())).toEqual([16, 17, 18, 19, 20]);
    const preferred = await (await open(streamOf(jobId, '?after=0'), { lastEventId: middle.id })).all();
    expect(preferred).toEqual(rest);
    expect((await open(streamOf(jobId), { lastEventId: all.at(-1)!.id })).status).toBe(204);
  });

  it('tells where a long epoch stands', async () => {
    const jobId = await run(1, 3_000);
    await startJob(platform.client, jobId);
    const events = await (await open(streamOf(jobId, '?after=0'))).all();
    const batches = events.filter(({ name }) => name === 'batch');
    expect(batches.length).toBeGreaterThanOrEqual(1);
    for (const { id, data } of batches) {
      expect(id).toBeUndefined();
      expect(data).toMatchObject({ currentEpoch: 1, totalEpochs: 1 });
      expect(data.currentBatch).toBeGreaterThan(0);
      expect(data.currentBatch).toBeLessThan(data.totalBatches as number);
    }
  });

  it.each([
    ['?after=x', 'invalid_event_id'],
    ['?after=1-2', 'invalid_event_id'],
    ['?after=-1', 'invalid_event_id'],
    ['?after=999', 'event_id_ahead'],
    ['?after=0-99-0', 'event_id_ahead'],
    ['?from=1', 'validation_failed'],
  ])('refuses %s', async (query, code) => {
    const jobId = await run(5, 0);
    const answer = await platform.client.get<{ code: string }>(streamOf(jobId, query));
    expect([answer.status, answer.body.code]).toEqual([400, code]);
  });

  it('is for the job’s tenant alone', async () => {
    const jobId = await run(5, 0);
    const foreign = platform.client.as(testToken({ tenant: 'other' }));
    expect((await foreign.get(streamOf(jobId))).status).toBe(404);
    expect((await foreign.post('/stream-tickets', { jobId })).status).toBe(404);
    expect((await platform.client.as(null).get(streamOf(jobId))).status).toBe(401);
  });

  it('is gone with its job, and answers HEAD with its head alone', async () => {
    const jobId = await run(5, 0);
    const head = await platform.client.send('HEAD', streamOf(jobId));
    expect([head.status, head.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
    const stream = await open(streamOf(jobId));
    const events = stream.all();
    await platform.client.post(`/jobs/${jobId}/cancel`);
    await events;
    await platform.client.delete(`/jobs/${jobId}`);
    expect((await open(streamOf(jobId))).status).toBe(404);
  });

  it('takes a ticket in place of a token, for one stream', async () => {
    const [jobId, other] = [await run(5, 0), await run(5, 0)];
    const { body } = await platform.client.post<{ ticket: string; expiresAt: string }>('/stream-tickets', { jobId });
    const anonymous = { token: null };
    const stream = await open(streamOf(jobId, `?ticket=${body.ticket}`), anonymous, 1);
    expect((await stream.until('snapshot')).at(-1)!.data.jobId).toBe(jobId);
    stream.cut();
    const nobody = platform.client.as(null);
    for (const path of [streamOf(other), '/jobs/stream']) {
      const refused = await nobody.get<{ code: string }>(`${path}?ticket=${body.ticket}`);
      expect([refused.status, refused.body.code]).toEqual([401, 'ticket_invalid']);
    }
    expect((await nobody.get<{ code: string }>(`/jobs/${jobId}?ticket=${body.ticket}`)).status).toBe(401);
    expect((await platform.client.as(body.ticket).get(`/jobs/${jobId}`)).status).toBe(401);
    const all = await platform.client.post<{ ticket: string }>('/stream-tickets');
    const feed = await open(`/jobs/stream?ticket=${all.body.ticket}`, anonymous);
    expect((await feed.until('snapshot')).at(-1)!.name).toBe('snapshot');
    feed.cut();
  });

  it('ends with the token that opened it', async () => {
    const jobId = await run(5, 0);
    const stream = await open(streamOf(jobId), { token: testToken({}, 2) });
    expect((await stream.all()).map(({ name }) => name)).toEqual(['snapshot']);
  });

  it('can be read as slowly as one likes: nothing is skipped, and nobody else waits', async () => {
    const jobId = await run(3_000, 0);
    const slow = await open(streamOf(jobId, '?after=0'));
    await startJob(platform.client, jobId);
    const quick = await (await open(streamOf(jobId, '?after=0'))).all();
    expect(epochsOf(quick)).toEqual(oneTo(3_000));
    expect(epochsOf(await slow.all())).toEqual(oneTo(3_000));
  });

  it('goes on at another API when the one it was at is told to stop', async () => {
    const third = await platform.addApi();
    const jobId = await startedJob(platform.client, datasetId, {
      hyperparameters: { epochs: 150 },
      simulation: { epochMs: 10, seed: 7 },
    });
    const stream = await EventStream.open(third.origin, streamOf(jobId, '?after=0'));
    const before = stream.all();
    await reachesEpoch(platform.client, jobId, 20);
    await platform.apis.at(-1)!.stop();
    const first = await before;
    const lastEventId = first.findLast(({ id }) => id !== undefined)!.id!;
    const rest = await (await open(streamOf(jobId), { lastEventId })).all();
    expect(epochsOf([...first, ...rest])).toEqual(oneTo(150));
  });

  it('goes on after the database has cut its connections', async () => {
    const jobId = await run(150, 10);
    const stream = await open(streamOf(jobId, '?after=0'));
    const events = stream.all();
    await startJob(platform.client, jobId);
    for (const epoch of [20, 60, 100]) {
      await reachesEpoch(platform.client, jobId, epoch);
      await platform.database.rows(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE 'LISTEN%training_progress%'`,
      );
    }
    expect(epochsOf(await events)).toEqual(oneTo(150));
  });

  it('says now and then that it lives', async () => {
    const HEARTBEATS = 2;
    // The first comment opens the stream.
    await eventually(() => quiet.comments > HEARTBEATS, 'a quiet stream gives signs of life', 45_000);
    quiet.cut();
  });

  it('is limited for each user, and frees the place of whoever leaves', async () => {
    const api = await platform.addApi({ STREAMS_PER_USER: '2' });
    const jobId = await run(5, 0);
    const opened = () => EventStream.open(api.origin, streamOf(jobId));
    const [one, two] = [await opened(), await opened()];
    const refused = await api.get<{ code: string }>(streamOf(jobId));
    expect([refused.status, refused.body.code]).toEqual([429, 'too_many_streams']);
    expect(refused.headers.get('retry-after')).toBe('5');
    const bob = await EventStream.open(api.origin, streamOf(jobId), { token: testToken({ sub: 'bob' }) });
    expect(bob.status).toBe(200);
    one.cut();
    const three = await eventually(async () => {
      const stream = await opened();
      return stream.status === 200 && stream;
    }, 'a place is free again');
    for (const stream of [two, three, bob]) stream.cut();
  });
});
