import type { Client } from './support/client.js';
import { testToken } from './support/client.js';
import { EventStream, type StreamEvent } from './support/event-stream.js';
import { eventually } from './support/eventually.js';
import { TestPlatform } from './support/platform.js';
import { createDataset, ended, eventsOf, startedJob } from './support/training.js';

const JOBS = 30;

/** Reads until each of these jobs has ended. */
async function untilEnded(stream: EventStream, jobs: Set<string>): Promise<StreamEvent[]> {
  const events: StreamEvent[] = [];
  const left = new Set(jobs);
  for await (const event of stream) {
    events.push(event);
    if (event.data.phase === 'done') left.delete(event.data.jobId as string);
    if (left.size === 0) break;
  }
  return events;
}

describe('the live stream of all jobs', () => {
  let platform: TestPlatform;
  let alone: Client;
  let token: string;

  beforeAll(async () => {
    platform = await TestPlatform.start({ apis: 2 });
    token = testToken({ tenant: 'alone' });
    alone = platform.client.as(token);
  });

  afterAll(() => platform.stop());

  const open = (options = {}, api = 0, query = '') =>
    EventStream.open(platform.clients[api]!.origin, `/jobs/stream${query}`, { token, ...options });
  const reads = async (since: Date) => {
    const sql = `SELECT FROM pg_stat_activity WHERE query LIKE '%FROM job_events AS event%' AND query_start > $1
      AND pid <> pg_backend_pid()`;
    return (await platform.database.rows(sql, [since])).length;
  };
  const start = async (client: Client, epochs: number) => {
    const datasetId = await createDataset(client);
    return startedJob(client, datasetId, { hyperparameters: { epochs }, simulation: { epochMs: 1 } });
  };

  it('tells every change of every job once, in its order, whoever is cut off and wherever they come back', async () => {
    const first = await open();
    const [snapshot] = await first.until('snapshot');
    first.cut();
    expect(snapshot!.data).toMatchObject({ queued: 0, running: 0 });
    const starting = Promise.all(Array.from({ length: JOBS }, () => start(alone, 5)));
    const events: StreamEvent[] = [];
    let lastEventId = snapshot!.id!;
    const readOn = async (most: number, api: number) => {
      const stream = await open({ lastEventId }, api);
      for await (const event of stream) {
        events.push(event);
        lastEventId = event.id!;
        if (event.data.phase === 'done') done.add(event.data.jobId as string);
        if (--most <= 0 || done.size === JOBS) break;
      }
      stream.cut();
    };
    const done = new Set<string>();
    for (let api = 0; done.size < JOBS; api = 1 - api) await readOn(1 + Math.floor(Math.random() * 20), api);
    const jobs = await starting;
    for (const jobId of jobs) {
      const told = events.filter(({ data }) => data.jobId === jobId).map(({ data }) => data);
      expect(told).toEqual((await eventsOf(alone, jobId)).map((event) => ({ jobId, ...event })));
    }
    expect(events.every(({ name }) => name === 'job')).toBe(true);
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  });

  it('misses nothing that a long transaction commits after shorter ones that began later', async () => {
    const before = await open();
    const jobId = await start(alone, 3);
    // Not where a snapshot stands: any transaction at work at that moment would have it tell the job's end once more.
    const lastEventId = (await untilEnded(before, new Set([jobId]))).at(-1)!.id!;
    const long = await platform.database.pool.connect();
    await long.query('BEGIN');
    await long.query(`UPDATE training_jobs SET phase = 'paused' WHERE id = $1`, [jobId]);
    const other = await start(alone, 3);
    await ended(alone, other);
    // Whoever would go by what is visible now would be past the change above when it comes.
    const [{ now }] = (await platform.database.rows<{ now: Date }>('SELECT clock_timestamp() AS now')) as [
      { now: Date },
    ];
    const stream = await open({ lastEventId });
    await eventually(async () => (await reads(now)) > 0, 'the stream has read what is visible so far');
    const reading = untilEnded(stream, new Set([jobId, other]));
    await long.query(`UPDATE training_jobs SET phase = 'done' WHERE id = $1`, [jobId]);
    await long.query('COMMIT');
    long.release();
    const told = await reading;
    const phases = (id: string) => told.filter(({ data }) => data.jobId === id).map(({ data }) => data.phase);
    expect(phases(jobId)).toEqual(['paused', 'done']);
    expect(phases(other)).toEqual((await eventsOf(alone, other)).map(({ phase }) => phase));
  });

  it('tells nobody of the jobs of another tenant', async () => {
    const stream = await open();
    const other = platform.client.as(testToken({ tenant: 'other' }));
    const theirs = await start(other, 2);
    await ended(other, theirs);
    const mine = await start(alone, 2);
    const told = (await untilEnded(stream, new Set([mine]))).map(({ data }) => data.jobId);
    expect(told).toContain(mine);
    expect(told).not.toContain(theirs);
  });

  it.each([
    ['x', 'invalid_event_id'],
    ['99999999999', 'event_id_ahead'],
  ])('refuses to resume after %s', async (after, code) => {
    const answer = await alone.get<{ code: string }>(`/jobs/stream?after=${after}`);
    expect([answer.status, answer.body.code]).toEqual([400, code]);
  });

  it('does not resume after a day', async () => {
    const jobId = await start(alone, 2);
    await ended(alone, jobId);
    const stream = await open();
    const [snapshot] = await stream.until('snapshot');
    stream.cut();
    await ended(alone, await start(alone, 2));
    await platform.database.rows(`UPDATE job_events SET at = at - interval '25 hours'`);
    const answer = await alone.get<{ code: string }>(`/jobs/stream?after=${snapshot!.id}`);
    expect([answer.status, answer.body.code]).toEqual([400, 'event_id_too_old']);
  });
});
