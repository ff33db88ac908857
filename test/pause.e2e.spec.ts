import { TestPlatform } from './support/platform.js';
import {
  createDataset,
  createJob,
  datasetSettled,
  ended,
  eventsOf,
  getJob,
  getProgress,
  reachesEpoch,
  reachesPhase,
  startedJob,
} from './support/training.js';

const LONG = { hyperparameters: { epochs: 60 }, simulation: { seed: 42, epochMs: 20 } };
const MENDED = { targetColumn: 'segment' };

describe('pausing', () => {
  let platform: TestPlatform;
  let datasetId: string;

  beforeAll(async () => {
    platform = await TestPlatform.start();
    datasetId = await createDataset(platform.client);
  });
  afterAll(() => platform.stop());

  const post = async (jobId: string, verb: string) => {
    const { status, body } = await platform.client.post<{ code?: string }>(`/jobs/${jobId}/${verb}`);
    return status < 400 ? status : [status, body.code];
  };

  it('stops a run where it is, and resuming goes on from there to the same model', async () => {
    const { client, database } = platform;
    const undisturbed = await ended(client, await startedJob(client, datasetId, { ...LONG, modelId: 'calm' }));
    const jobId = await startedJob(client, datasetId, { ...LONG, modelId: 'paused' });
    await reachesEpoch(client, jobId, 10);
    expect([200, 202]).toContain(await post(jobId, 'pause'));
    const paused = await reachesPhase(client, jobId, 'paused');
    expect(paused).toMatchObject({ status: 'running', attempt: 1 });
    expect(await post(jobId, 'pause')).toBe(200);
    const { currentEpoch, status } = await getProgress(client, jobId);
    expect(status).toBe('paused');
    // Whoever might go on with it has had the time to: another job was trained from end to end meanwhile.
    await ended(client, await startedJob(client, datasetId));
    expect(await getProgress(client, jobId)).toMatchObject({ currentEpoch, status: 'paused' });

    expect(await post(jobId, 'resume')).toBe(202);
    const job = await ended(client, jobId);
    expect(job).toMatchObject({ status: 'completed', attempt: 2, metrics: undisturbed.metrics });
    const [row] = await database.rows('SELECT failures, count(*)::int AS epochs FROM training_jobs JOIN training_progress ON job_id = id WHERE id = $1 GROUP BY 1', [jobId]); // prettier-ignore
    expect(row).toEqual({ failures: 0, epochs: 60 });
    const told = (await eventsOf(client, jobId)).map(({ phase, reason }) => [phase, reason]);
    expect(told).toContainEqual(['paused', 'pause_requested']);
    expect(told).toContainEqual(['recovering', 'resume_requested']);
  });

  it('holds a job back that waits for its dataset, also once that is ready', async () => {
    const { client } = platform;
    const broken = await createDataset(client, { targetColumn: undefined });
    await datasetSettled(client, broken);
    const upload = await createDataset(client, {
      metadata: { source: 'upload', format: 'csv' },
      size: undefined,
      features: undefined,
      targetColumn: undefined,
    });
    const jobId = await startedJob(client, upload);
    expect(await post(jobId, 'pause')).toBe(200);
    expect(await getJob(client, jobId)).toMatchObject({ status: 'pending', phase: 'paused' });
    expect(await post(jobId, 'resume')).toBe(202);
    expect(await getJob(client, jobId)).toMatchObject({ phase: 'waiting_for_dataset' });
    // A dataset in error cannot be started on; once it is mended, it can.
    const other = await createJob(client, broken);
    expect(await post(other, 'start')).toEqual([409, 'dataset_in_error']);
    expect((await client.patch(`/datasets/${broken}`, MENDED)).status).toBe(200);
    await datasetSettled(client, broken);
    expect(await post(other, 'start')).toBe(202);
  });

  it('is taken back many times over without losing or repeating an epoch', async () => {
    const { client, database } = platform;
    const jobId = await startedJob(client, datasetId, { ...LONG, simulation: { seed: 1, epochMs: 10 } });
    for (let round = 0; round < 15; round++) {
      await Promise.all([post(jobId, 'pause'), post(jobId, 'resume'), post(jobId, 'pause')]);
      const last = await post(jobId, 'resume');
      if (Array.isArray(last)) expect(last).toEqual([409, 'job_not_paused']);
    }
    if ((await getJob(client, jobId)).phase.startsWith('paus')) await post(jobId, 'resume');
    expect(await ended(client, jobId)).toMatchObject({ status: 'completed' });
    const rows = await database.rows<{ epoch: number }>(
      'SELECT current_epoch AS epoch FROM training_progress WHERE job_id = $1 ORDER BY 1',
      [jobId],
    );
    expect(rows.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
  });

  it('ends with a cancel, at once', async () => {
    const { client } = platform;
    const jobId = await startedJob(client, datasetId, LONG);
    await reachesEpoch(client, jobId, 2);
    await post(jobId, 'pause');
    await reachesPhase(client, jobId, 'paused');
    expect(await post(jobId, 'cancel')).toBe(200);
    expect(await post(jobId, 'resume')).toEqual([409, 'job_not_paused']);
    expect(await post(jobId, 'pause')).toEqual([409, 'job_not_pausable']);
  });

  it('is refused before the start', async () => {
    const jobId = await createJob(platform.client, datasetId);
    expect(await post(jobId, 'pause')).toEqual([409, 'job_not_pausable']);
    expect(await post(jobId, 'resume')).toEqual([409, 'job_not_paused']);
    expect(await post('job_none', 'pause')).toEqual([404, 'job_not_found']);
  });
});
