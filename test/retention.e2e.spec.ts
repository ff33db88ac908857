import type { Client } from './support/client.js';
import { Command } from './support/command.js';
import { EventStream } from './support/event-stream.js';
import { TestPlatform } from './support/platform.js';
import { createDataset, ended, getJob, type Page, reachesEpoch, startedJob } from './support/training.js';

type History = Page<{ epoch: number }> & { originalCount: number };

describe('npm run retention', () => {
  let platform: TestPlatform;
  let client: Client;
  let datasetId: string;

  beforeAll(async () => {
    platform = await TestPlatform.start();
    ({ client } = platform);
    datasetId = await createDataset(client);
  });
  afterAll(() => platform.stop());

  const retention = async (days: number | undefined, ...parameters: string[]) => {
    const setting: Record<string, string> = days === undefined ? {} : { HISTORY_RETENTION_DAYS: String(days) };
    const command = new Command('cli/retention.js', { DATABASE_URL: platform.database.url, ...setting }, parameters);
    return [await command.ended, ...command.lines, ...command.errors];
  };
  const trainedOnce = async (modelId: string, daysAgo: number, epochs = 5) => {
    const id = await startedJob(client, datasetId, { modelId, hyperparameters: { epochs } });
    expect(await ended(client, id)).toMatchObject({ status: 'completed' });
    const shift = `UPDATE training_jobs SET completed_at = clock_timestamp() - $2 * interval '1 day' WHERE id = $1`;
    await platform.database.rows(shift, [id, daysAgo]);
    return id;
  };
  const historyOf = async (id: string) => (await client.get<History>(`/jobs/${id}/progress/history`)).body;
  const countOf = async (id: string) => (await historyOf(id)).originalCount;
  const REMOVED = { historyRemovedAt: expect.any(String) as string };

  it('removes the epochs of what ended long ago, and of nothing else', async () => {
    const old = await trainedOnce('old', 31);
    const older = await trainedOnce('older', 400, 3);
    // Of a run that was long enough to have some.
    await platform.database.rows(
      `INSERT INTO training_progress_blocks SELECT $1, 0, 'default', 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1`,
      [old],
    );
    const recent = await trainedOnce('recent', 29);
    const deployed = await trainedOnce('deployed', 400);
    expect((await client.post('/models/deployed/versions/1.0.0/deploy')).status).toBe(200);
    const running = await startedJob(client, datasetId, {
      hyperparameters: { epochs: 1_000 },
      simulation: { epochMs: 100 },
    });
    await reachesEpoch(client, running, 2);

    const what = '8 epochs of 2 runs that ended more than 30 days ago.';
    expect(await retention(30, '--dry-run')).toEqual([0, `Would remove ${what}`]);
    const forgotten = new Command('cli/retention.js', {
      ...{ DATABASE_URL: platform.database.url, HISTORY_RETENTION_DAYS: '30', npm_config_dry_run: 'true' },
    });
    expect([await forgotten.ended, ...forgotten.lines]).toEqual([0, `Would remove ${what}`]);
    expect([await countOf(old), await countOf(older)]).toEqual([5, 3]);
    expect(await retention(30)).toEqual([0, `Removed ${what}`]);
    expect(await retention(30)).toEqual([0, 'Removed 0 epochs of 0 runs that ended more than 30 days ago.']);

    expect([await countOf(old), await countOf(older), await countOf(recent), await countOf(deployed)]).toEqual([
      0, 0, 5, 5,
    ]);
    expect(await platform.database.rows('SELECT FROM training_progress_blocks WHERE job_id = $1', [old])).toEqual([]);
    for (const id of [old, older]) expect(await getJob(client, id)).toMatchObject({ status: 'completed', ...REMOVED });
    for (const id of [recent, deployed]) expect(await getJob(client, id)).not.toHaveProperty('historyRemovedAt');
    expect((await client.post(`/jobs/${running}/cancel`)).status).toBeLessThan(300);
    expect((await ended(client, running)).status).toBe('cancelled');
    expect(await countOf(running)).toBeGreaterThanOrEqual(2);
  });

  it('leaves a version that can be looked at, compared, verified and deployed', async () => {
    const id = await trainedOnce('whole', 100);
    const other = await trainedOnce('other', 0);
    await retention(30);
    expect(await historyOf(id)).toMatchObject({ data: [], hasMore: false, originalCount: 0 });
    for (const path of [
      `/jobs/${id}`,
      `/jobs/${id}/progress`,
      `/jobs/${id}/progress/history?maxPoints=10`,
      `/jobs/compare?jobs=${id}&jobs=${other}`,
      '/models/whole/versions/1.0.0/card',
      '/models/whole/versions/1.0.0/artifact',
    ]) {
      expect([path, (await client.get(path)).status]).toEqual([path, 200]);
    }
    const card = await client.get<{ curve: object }>('/models/whole/versions/1.0.0/card');
    expect(card.body.curve).toEqual({ plannedEpochs: 5, epochs: 5, ...REMOVED });
    const stream = await EventStream.open(client.origin, `/jobs/${id}/progress/stream`);
    const kinds: string[] = [];
    for await (const { name } of stream) kinds.push(name);
    expect(kinds.at(-1)).toBe('done');
    const verification = await client.post<{ id: string }>('/models/whole/versions/1.0.0/verify');
    expect(await ended(client, verification.body.id)).toMatchObject({ verdict: { reproducible: true } });
    expect((await client.post('/models/whole/versions/1.0.0/deploy')).status).toBe(200);
  });

  it('shares the work between two at once', async () => {
    for (const modelId of ['one', 'two', 'three']) await trainedOnce(modelId, 60);
    const both = await Promise.all([retention(45), retention(45)]);
    const removed = both.map(([, line]) => Number(/^Removed (\d+) epochs/.exec(String(line))?.[1]));
    expect(removed[0]! + removed[1]!).toBe(15);
  });

  it('passes by a run that somebody holds, and takes it the next time', async () => {
    const held = await trainedOnce('held', 60);
    const holder = await platform.database.pool.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT FROM training_jobs WHERE id = $1 FOR SHARE', [held]);
    const done = await retention(45);
    await holder.query('COMMIT');
    holder.release();
    expect(done).toEqual([0, 'Removed 0 epochs of 0 runs that ended more than 45 days ago.']);
    expect(await retention(45)).toEqual([0, 'Removed 5 epochs of 1 runs that ended more than 45 days ago.']);
  });

  it('removes nothing unless it is told to, and says what it cannot do', async () => {
    const id = await trainedOnce('kept', 10_000);
    expect(await retention(undefined)).toEqual([
      0,
      'HISTORY_RETENTION_DAYS is not set, or 0: the epochs of all runs are kept.',
    ]);
    expect(await retention(30, '--all')).toEqual([1, 'Usage: npm run -s retention [-- --dry-run]']);
    expect(await retention(-1)).toEqual([1, expect.any(String), expect.stringContaining('HISTORY_RETENTION_DAYS')]);
    expect(await countOf(id)).toBe(5);
  });
});
