import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { QueueOverviewService } from '../src/modules/jobs/queue/queue-overview.service.js';
import { QueuePlaceService } from '../src/modules/jobs/queue/queue-place.service.js';
import { JobsRepository } from '../src/modules/jobs/jobs.repository.js';
import { datasetRow, jobRow } from './factories/row.factory.js';
import { heldRow, waitingRow, workerRow } from './factories/waiting.factory.js';
import { type Client, testToken } from './support/client.js';
import { connect } from './support/data-source.js';
import { type PlanNode, plansOf } from './support/plans.js';
import { TestPlatform } from './support/platform.js';
import { getQueue, placeOf, type QueueAnswer } from './support/queue.js';
import type { Page } from './support/training.js';

describe("the queue's view", () => {
  let platform: TestPlatform;
  let client: Client;
  let other: Client;
  let datasetId: string;
  let theirs: string;

  beforeAll(async () => {
    platform = await TestPlatform.start({ workers: 0 });
    ({ client } = platform);
    other = client.as(testToken({ tenant: 'other' }));
    datasetId = await datasetRow(platform.database);
    theirs = await datasetRow(platform.database, { tenant_id: 'other' });
  });
  afterAll(() => platform.stop());
  afterEach(() => platform.database.rows('TRUNCATE training_jobs, workers CASCADE'));

  const waiting = (overrides: Parameters<typeof waitingRow>[2] = {}) =>
    waitingRow(platform.database, overrides.tenant_id === 'other' ? theirs : datasetId, overrides);
  const held = (workerId: string, overrides: Parameters<typeof waitingRow>[2] = {}) =>
    heldRow(platform.database, overrides.tenant_id === 'other' ? theirs : datasetId, workerId, overrides);

  it('orders by priority, then what was interrupted, then who came first, over all tenants', async () => {
    const last = await waiting({ priority: -100, waited: 900 });
    const third = await waiting({ waited: 20, phase: 'recovering' });
    const sixth = await waiting({ waited: 50, tenant_id: 'other' });
    const second = await waiting({ priority: 7, waited: 1 });
    const seventh = await waiting({ waited: 10 });
    const fifth = await waiting({ waited: 60 });
    const first = await waiting({ priority: 7, waited: 0, phase: 'recovering', tenant_id: 'other' });
    // It came back to the queue when its pause was over, ten seconds ago.
    const fourth = await waiting({ waited: 70, retry_in: -10, phase: 'retry_wait' });
    for (const [ahead, id] of [first, second, third, fourth, fifth, sixth, seventh, last].entries()) {
      const owner = [first, sixth].includes(id) ? other : client;
      expect(await placeOf(owner, id)).toEqual({ position: ahead + 1, ahead });
    }
  });

  it('tells apart jobs that came at the same moment', async () => {
    const ids = await Promise.all([waiting(), waiting(), waiting()]);
    await platform.database.rows(`UPDATE training_jobs SET enqueued_at = '2026-01-01T00:00:00.123456Z'`);
    const places = await Promise.all(ids.map((id) => placeOf(client, id)));
    expect(places.map((place) => place?.ahead).toSorted()).toEqual([0, 1, 2]);
  });

  it.each<[string, object]>([
    ['created', { phase: 'created' }],
    ['waiting for its dataset', { phase: 'waiting_for_dataset' }],
    ['paused', { phase: 'paused' }],
    ['paused while it ran', { status: 'running', phase: 'paused' }],
    ['between two attempts', { phase: 'retry_wait', retry_in: 60 }],
    ['training', { status: 'running', phase: 'training' }],
    ['completed', { status: 'completed', phase: 'done' }],
  ])('gives no place to a job that is %s, and lets nobody wait behind it', async (_, columns) => {
    const id = await waiting({ priority: 100, waited: 60, ...columns });
    expect(await placeOf(client, id)).toBeUndefined();
    expect(await placeOf(client, await waiting())).toMatchObject({ ahead: 0 });
  });

  it('is not in lists, nor of use to other tenants', async () => {
    const id = await waiting();
    const { body } = await client.get<Page<Record<string, unknown>>>('/jobs');
    expect(body.data).toMatchObject([{ id }]);
    expect(body.data[0]).not.toHaveProperty('queue');
    expect((await other.get(`/jobs/${id}`)).status).toBe(404);
  });

  describe('estimates when a job starts', () => {
    /** Milliseconds from the look to the estimated start. */
    const startsIn = async (id: string): Promise<[least: number, most: number]> => {
      const asked = Date.now();
      const { estimatedStartAt } = (await placeOf(client, id))!;
      const start = Date.parse(estimatedStartAt!);
      return [start - Date.now(), start - asked];
    };
    const expectStart = async (id: string, ms: number) => {
      const [least, most] = await startsIn(id);
      expect(least).toBeLessThanOrEqual(ms + 1);
      expect(most).toBeGreaterThanOrEqual(ms - 1);
    };

    it('not at all while no worker is alive', async () => {
      await workerRow(platform.database, 'worker_dead', 5, 16);
      expect(await placeOf(client, await waiting())).toEqual({ position: 1, ahead: 0 });
    });

    it('now, where a worker has room', async () => {
      await workerRow(platform.database, 'worker_a', 2);
      await held('worker_a', { estimated_time_remaining: 60_000 });
      await expectStart(await waiting(), 0);
    });

    it('by what runs and what is ahead', async () => {
      await workerRow(platform.database, 'worker_a', 1);
      await workerRow(platform.database, 'worker_b', 1);
      await held('worker_a', { estimated_time_remaining: 50_000, tenant_id: 'other' });
      await held('worker_b', { estimated_time_remaining: 20_000 });
      // A run of a worker that is gone takes nobody's room.
      await held('worker_gone', { estimated_time_remaining: 90_000 });
      await waiting({ waited: 30, estimated_duration: 40_000, tenant_id: 'other' });
      await waiting({ waited: 20, phase: 'recovering', estimated_time_remaining: 15_000, estimated_duration: 99_000 });
      const next = await waiting({ waited: 10 });
      // b: 20 s, then the interrupted run until 35 s, then the other tenant's until 75 s; a: 50 s.
      await expectStart(next, 50_000);
      expect(await placeOf(client, next)).toMatchObject({ ahead: 2 });
    });

    it('with the epochs that are left, where nothing was measured yet', async () => {
      await workerRow(platform.database, 'worker_a', 1);
      await waiting({ waited: 30, estimated_duration: 80_000, total_epochs: 10 });
      await platform.database.rows('UPDATE training_jobs SET current_epoch = 4');
      await expectStart(await waiting(), 48_000);
    });

    it('within a hundred years', async () => {
      await workerRow(platform.database, 'worker_a', 1);
      await waiting({ waited: 30, estimated_duration: Number.MAX_SAFE_INTEGER });
      const [least] = await startsIn(await waiting());
      expect(least).toBeGreaterThan(99 * 365 * 86_400_000);
    });
  });

  it('counts what is the own, and of all others gives numbers alone', async () => {
    await workerRow(platform.database, 'worker_a', 3);
    await workerRow(platform.database, 'worker_dead', 9, 16);
    const phases: [string, number][] = [
      ['queued', 3],
      ['recovering', 2],
      ['waiting_for_dataset', 4],
      ['created', 5],
      ['paused', 1],
    ];
    for (const [phase, count] of phases) for (let n = 0; n < count; n++) await waiting({ phase });
    await waiting({ phase: 'retry_wait', retry_in: 60 });
    await waiting({ phase: 'paused', status: 'running' });
    const mine = await held('worker_a', { estimated_time_remaining: 5_000, priority: 9 });
    const foreign = [
      await held('worker_a', { tenant_id: 'other', estimated_time_remaining: 7_000 }),
      await waiting({ tenant_id: 'other' }),
      await waiting({ tenant_id: 'other', phase: 'waiting_for_dataset' }),
    ];
    const { text, body } = await client.get<QueueAnswer>('/queue');
    expect(body).toEqual({
      counts: { queued: 3, running: 1, recovering: 2, retryWait: 1, paused: 2, waitingForDataset: 4 },
      platform: { queued: 6, running: 2, capacity: 3 },
      running: [
        {
          ...{ id: mine, name: 'rows', modelId: 'm', priority: 9, progress: 0, attempt: 1, workerId: 'worker_a' },
          ...{ startedAt: expect.any(String) as string, estimatedTimeRemaining: 5_000 },
        },
      ],
      workers: [{ id: 'worker_a', host: 'here', since: expect.any(String) as string, running: 2, capacity: 3 }],
      // Six seconds on three slots, of which one is free, one in 5 s, one in 7 s.
      expectedDrainMs: 7_000,
      expectedDrainAt: expect.any(String) as string,
    });
    for (const id of [...foreign, theirs, 'other']) expect(text).not.toContain(id);
    for (const time of [body.workers[0]!.since, body.expectedDrainAt!]) {
      expect(new Date(time).toISOString()).toBe(time);
    }
  });

  it('is empty, and without an end in sight, where there is nothing and nobody', async () => {
    expect(await getQueue(client)).toEqual({
      counts: { queued: 0, running: 0, recovering: 0, retryWait: 0, paused: 0, waitingForDataset: 0 },
      platform: { queued: 0, running: 0, capacity: 0 },
      running: [],
      workers: [],
    });
  });

  it('lists a hundred running jobs, newest first', async () => {
    for (let n = 0; n < 101; n++) await held('worker_a');
    const { counts, running } = await getQueue(client);
    expect([counts.running, running.length]).toEqual([101, 100]);
    const ids = running.map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted().toReversed());
  });

  describe('of 20,000 jobs', () => {
    let source: DataSource;
    let pool: Pool;
    const ids = { head: '', tail: '', between: '', interrupted: '' };

    beforeEach(async () => {
      const { database } = platform;
      await jobRow(database, datasetId, { status: 'completed', phase: 'done' });
      // A tenth has ended, the others wait at one priority.
      await database.rows(
        `INSERT INTO training_jobs (id, tenant_id, name, dataset_id, model_id, model_type, hyperparameters,
           configuration, seed, status, phase, generation, total_epochs, total_batches, estimated_duration, enqueued_at)
         SELECT 'job_' || n, tenant_id, name, dataset_id, model_id, model_type, hyperparameters, configuration, seed,
           CASE WHEN n % 10 = 0 THEN 'failed' ELSE 'pending' END, CASE WHEN n % 10 = 0 THEN 'done' ELSE 'queued' END,
           1, 10, 10, 1000, clock_timestamp() - n * interval '1 second'
         FROM training_jobs, generate_series(100, 20000) AS n`,
      );
      ids.head = await waiting({ waited: 50_000 });
      ids.interrupted = await waiting({ phase: 'recovering' });
      ids.between = await waiting();
      await database.rows(
        `UPDATE training_jobs AS job SET enqueued_at = row.enqueued_at + interval '1 millisecond'
         FROM training_jobs AS row WHERE job.id = $1 AND row.id = 'job_19991'`,
        [ids.between],
      );
      ids.tail = await waiting({ waited: 1 });
      await database.rows('ANALYZE');
      ({ source, pool } = await connect(database));
    });
    afterEach(() => source.destroy());

    const place = async (id: string) => {
      const job = await new JobsRepository(source, pool).find('default', id);
      return new QueuePlaceService(source).of(job!);
    };
    const readOf = (nodes: PlanNode[]) =>
      nodes
        .filter((node) => node['Relation Name'] === 'training_jobs')
        .reduce(
          (sum, node) => sum + node['Actual Loops'] * (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)),
          0,
        );

    it('reads no more than it needs, nor more than 10,000', async () => {
      expect(await placeOf(client, ids.interrupted)).toMatchObject({ ahead: 0 });
      expect(await placeOf(client, ids.head)).toMatchObject({ ahead: 1 });
      expect(await placeOf(client, ids.between)).toMatchObject({ ahead: 11 });
      expect(await placeOf(client, ids.tail)).toEqual({ position: 10_001, ahead: 10_000 });
      expect(await getQueue(client)).toMatchObject({ platform: { queued: 10_000 } });
      const overview = () => new QueueOverviewService(source).of('nobody');
      for (const [look, most] of [
        [() => place(ids.interrupted), 20],
        [() => place(ids.head), 20],
        [() => place(ids.between), 40],
        [() => place(ids.tail), 10_020],
        [overview, 10_020],
      ] as const) {
        const nodes = (await plansOf(source, look)).flat();
        expect(nodes.filter((node) => node['Node Type'] === 'Seq Scan' && node['Relation Name'] !== 'workers')).toEqual(
          [],
        );
        expect(readOf(nodes)).toBeLessThanOrEqual(most);
      }
    });
  });
});
