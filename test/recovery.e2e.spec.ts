import { eventually } from './support/eventually.js';
import { TestPlatform } from './support/platform.js';
import {
  createDataset,
  createJob,
  ended,
  eventsOf,
  getJob,
  reachesEpoch,
  startedJob,
  versionsOf,
} from './support/training.js';

const RUN = { hyperparameters: { epochs: 100 }, simulation: { seed: 42, epochMs: 20 } };

describe('recovery', () => {
  let platform: TestPlatform;
  let datasetId: string;
  let undisturbed: Record<string, unknown>;

  beforeAll(async () => {
    // A lease long enough for a worker on a busy machine to keep it.
    platform = await TestPlatform.start({ environment: { LEASE_MS: '4000' } });
    datasetId = await createDataset(platform.client);
    const jobId = await startedJob(platform.client, datasetId, { ...RUN, modelId: 'undisturbed' });
    undisturbed = (await ended(platform.client, jobId)).metrics!;
  });
  afterAll(() => platform.stop());

  const epochs = async (jobId: string) =>
    (
      await platform.database.rows<{ epoch: number }>(
        'SELECT current_epoch AS epoch FROM training_progress WHERE job_id = $1 ORDER BY 1',
        [jobId],
      )
    ).map((row) => row.epoch);
  const sequence = Array.from({ length: 100 }, (_, index) => index + 1);
  const sha = async (modelId: string) => (await versionsOf(platform.client, modelId)).map((version) => version.sha256);

  it('continues a run after kill -9 of its worker, to the metrics and the file of an undisturbed run', async () => {
    const { client, database } = platform;
    await platform.addWorker();
    const jobId = await startedJob(client, datasetId, { ...RUN, modelId: 'killed' });
    await reachesEpoch(client, jobId, 10);
    (await platform.holderOf(jobId)).kill('SIGKILL');
    const job = await ended(client, jobId);
    expect(job).toMatchObject({ status: 'completed', attempt: 2 });
    expect(job.metrics).toEqual(undisturbed);
    expect(await epochs(jobId)).toEqual(sequence);
    const attempts = await database.rows<{ attempt: number; from: number }>(
      'SELECT attempt, min(current_epoch) AS from FROM training_progress WHERE job_id = $1 GROUP BY 1 ORDER BY 1',
      [jobId],
    );
    expect(attempts).toHaveLength(2);
    expect(attempts[1]!.from).toBeGreaterThan(10);
    expect(await sha('killed')).toEqual(await sha('undisturbed'));
  });

  it('continues a run that a stopping worker handed back, without counting a failure', async () => {
    const { client, database } = platform;
    await platform.addWorker();
    const jobId = await startedJob(client, datasetId, { ...RUN, modelId: 'handed-back' });
    await reachesEpoch(client, jobId, 10);
    const leaving = await platform.holderOf(jobId);
    await leaving.stop();
    expect(await leaving.ended).toEqual({ code: 0, signal: null });
    const job = await ended(client, jobId);
    expect((await eventsOf(client, jobId)).map(({ reason }) => reason).filter(Boolean)).toEqual(['handed_back']);
    expect(job).toMatchObject({ status: 'completed', attempt: 2 });
    expect(job.metrics).toEqual(undisturbed);
    expect(await epochs(jobId)).toEqual(sequence);
    expect(await database.rows('SELECT failures FROM training_jobs WHERE id = $1', [jobId])).toEqual([{ failures: 0 }]);
  });

  it('gets a run past a crash that the simulator was told to bring about', async () => {
    const { client } = platform;
    await platform.addWorker();
    const faults = [{ kind: 'crash', atEpoch: 20 }];
    const jobId = await startedJob(client, datasetId, { ...RUN, simulation: { ...RUN.simulation, faults } });
    const job = await ended(client, jobId);
    expect(job).toMatchObject({ status: 'completed', attempt: 2 });
    expect(job.metrics).toEqual(undisturbed);
  });

  it('dispatches a job whose API died between its commit and the queue', async () => {
    const { client, database } = platform;
    const jobId = await createJob(client, datasetId, { hyperparameters: { epochs: 2 } });
    await database.rows(
      `UPDATE training_jobs SET phase = 'queued', generation = generation + 1, dispatch_at = clock_timestamp()
       WHERE id = $1`,
      [jobId],
    );
    expect(await ended(client, jobId)).toMatchObject({ status: 'completed', attempt: 1 });
  });

  it('delivers again what the queue has lost', async () => {
    const { client, database } = platform;
    const jobId = await createJob(client, datasetId, { hyperparameters: { epochs: 2 } });
    await database.rows(`UPDATE training_jobs SET phase = 'queued', generation = generation + 1 WHERE id = $1`, [
      jobId,
    ]);
    expect(await ended(client, jobId)).toMatchObject({ status: 'completed', attempt: 1 });
  });

  it('ends a cancelled run whose worker is gone', async () => {
    const { client, database } = platform;
    const jobId = await startedJob(client, datasetId, { modelId: 'orphan', simulation: { epochMs: 30_000 } });
    await eventually(async () => (await getJob(client, jobId)).status === 'running', 'the run begins');
    const all = [...platform.workers];
    for (const worker of all) worker.kill('SIGKILL');
    await Promise.all(all.map((worker) => worker.ended));
    expect((await client.post(`/jobs/${jobId}/cancel`)).status).toBe(202);
    await eventually(
      async () =>
        (await database.rows('SELECT FROM training_jobs WHERE id = $1 AND lease_expires_at < now()', [jobId]))[0],
      'the lease runs out',
    );
    await platform.addWorker();
    expect(await ended(client, jobId)).toMatchObject({ status: 'cancelled' });
    expect(await versionsOf(client, 'orphan')).toMatchObject([{ status: 'archived' }]);
  });

  it('gives up on a run that takes every worker with it, and not on its neighbour', async () => {
    const { client } = platform;
    const faults = [{ kind: 'crash', atEpoch: 1, attempts: 100 }];
    // Slow enough to have no epoch by the time the other kills their worker.
    const slow = { hyperparameters: { epochs: 2 }, simulation: { epochMs: 1_500 } };
    const neighbour = await startedJob(client, datasetId, { ...slow, modelId: 'neighbour' });
    await eventually(async () => (await getJob(client, neighbour)).phase === 'training', 'the neighbour trains');
    const jobId = await startedJob(client, datasetId, { simulation: { faults } });
    const job = await eventually(async () => {
      const alive = platform.workers.at(-1)!;
      const died = await Promise.race([alive.ended.then(() => true), ended(client, jobId, 500).catch(() => false)]);
      if (died === true) await platform.addWorker();
      const now = await getJob(client, jobId);
      return now.status === 'failed' && now;
    }, 'the job is given up');
    expect(job).toMatchObject({ errorCode: 'worker_lost', lastError: { code: 'worker_lost' } });
    // It may also have been handed back to make room for the neighbour, which counts for nothing.
    const lost = (await eventsOf(client, jobId)).filter(({ reason }) => reason === 'worker_lost');
    expect(lost).toHaveLength(3);
    await platform.addWorker();
    expect(await ended(client, neighbour)).toMatchObject({ status: 'completed' });
  });
});
