import { alertRow, datasetRow, jobRow } from './factories/row.factory.js';
import { type AlertAnswer, alertsOf } from './support/alerts.js';
import { type Client, testToken } from './support/client.js';
import { EventStream } from './support/event-stream.js';
import { TestPlatform } from './support/platform.js';
import type { Page } from './support/training.js';

describe('alerts', () => {
  let platform: TestPlatform;
  let client: Client;
  let datasetId: string;

  beforeAll(async () => {
    platform = await TestPlatform.start({ workers: 0 });
    ({ client } = platform);
    datasetId = await datasetRow(platform.database);
  });

  afterAll(() => platform.stop());

  const job = (overrides = {}) => jobRow(platform.database, datasetId, overrides);
  const acknowledge = (id: string, note?: string, by = client) =>
    by.post<AlertAnswer & { code: string }>(`/alerts/${id}/acknowledge`, note === undefined ? undefined : { note });

  it('are listed newest first, by page, state, kind and job', async () => {
    const [one, two] = [await job(), await job()];
    const ids = [await alertRow(platform.database, one), await alertRow(platform.database, two)];
    ids.push(await alertRow(platform.database, one, 'divergence'));
    await acknowledge(ids[1]!);
    const idsOf = async (path: string) => (await client.get<Page<AlertAnswer>>(path)).body.data.map(({ id }) => id);
    expect(await idsOf('/alerts')).toEqual(ids.toReversed());
    expect(await idsOf('/alerts?state=acknowledged')).toEqual([ids[1]]);
    expect(await idsOf('/alerts?kind=divergence')).toEqual([]);
    expect(await idsOf(`/alerts?jobId=${two}`)).toEqual([ids[1]]);
    expect(await idsOf(`/jobs/${one}/alerts`)).toEqual([ids[2], ids[0]]);
    const first = (await client.get<Page<AlertAnswer>>('/alerts?limit=2')).body;
    expect(first.hasMore).toBe(true);
    expect(await idsOf(`/alerts?limit=2&cursor=${first.nextCursor}`)).toEqual([ids[0]]);
  });

  it('are acknowledged once, by whoever was first', async () => {
    const id = await alertRow(platform.database, await job());
    const [first] = await Promise.all([acknowledge(id, 'Seen.'), ...[1, 2, 3].map(() => acknowledge(id, 'Seen.'))]);
    expect(first).toMatchObject({
      status: 200,
      body: { state: 'acknowledged', acknowledgedBy: 'tester', note: 'Seen.' },
    });
    const later = await acknowledge(id, 'Me too.', client.as(testToken({ sub: 'bob' })));
    expect(later).toMatchObject({ status: 200, body: { acknowledgedBy: 'tester', note: 'Seen.' } });
    const changes = await platform.database.rows('SELECT FROM alert_changes WHERE alert_id = $1', [id]);
    expect(changes).toHaveLength(2);
  });

  it('resolve with their job, and cannot be acknowledged then', async () => {
    const jobId = await job({ status: 'running', phase: 'training' });
    await platform.database.rows(
      `UPDATE training_jobs SET attempt = 1, lease_expires_at = clock_timestamp() WHERE id = $1`,
      [jobId],
    );
    const id = await alertRow(platform.database, jobId);
    expect((await client.post(`/jobs/${jobId}/cancel`)).status).toBe(200);
    expect((await client.get<AlertAnswer>(`/alerts/${id}`)).body).toMatchObject({
      state: 'resolved',
      resolution: 'job_ended',
    });
    expect(await acknowledge(id)).toMatchObject({ status: 409, body: { code: 'alert_resolved' } });
  });

  it('tell of a worker that was lost, however many failures are counted, and not of one that handed its run back', async () => {
    const held = async (worker: string | null) => {
      const jobId = await job({ status: 'running', phase: 'training' });
      // Before its first attempt nothing is raised.
      for (const change of ['failures = 2', `attempt = 1, worker_id = 'w'`]) {
        await platform.database.rows(`UPDATE training_jobs SET ${change} WHERE id = $1`, [jobId]);
      }
      await platform.database.rows(
        `UPDATE training_jobs SET phase = 'recovering', worker_id = $2, last_error_code = 'worker_lost' WHERE id = $1`,
        [jobId, worker],
      );
      return (await alertsOf(client, jobId)).map(({ rule }) => rule);
    };
    expect(await held('w')).toEqual(['stalled_worker']);
    expect(await held(null)).toEqual([]);
  });

  it('are told by the stream of their job, each change once', async () => {
    const jobId = await job();
    const stream = await EventStream.open(client.origin, `/jobs/${jobId}/progress/stream?after=0`);
    const id = await alertRow(platform.database, jobId);
    const fired = (await stream.until('alert')).at(-1)!;
    expect(fired.data).toMatchObject({ id, rule: 'plateau', state: 'firing', epoch: 12, detail: 'It gets no better.' });
    await acknowledge(id);
    const again = await EventStream.open(client.origin, `/jobs/${jobId}/progress/stream`, { lastEventId: fired.id! });
    expect((await again.until('alert')).map(({ data }) => data.state)).toEqual(['acknowledged']);
    stream.cut();
    again.cut();
  });

  it('are those of the tenant alone', async () => {
    const id = await alertRow(platform.database, await job());
    const foreign = client.as(testToken({ tenant: 'other' }));
    expect((await foreign.get(`/alerts/${id}`)).status).toBe(404);
    expect((await acknowledge(id, 'x', foreign)).body.code).toBe('alert_not_found');
    expect((await foreign.get<Page<AlertAnswer>>('/alerts')).body.data).toEqual([]);
    expect((await client.get('/alerts/nonsense!')).status).toBe(404);
  });
});
