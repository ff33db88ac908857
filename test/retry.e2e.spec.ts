import { TestPlatform } from './support/platform.js';
import {
  createDataset,
  createJob,
  ended,
  eventsOf,
  getJob,
  type JobAnswer,
  reachesEpoch,
  reachesPhase,
  startedJob,
  versionsOf,
} from './support/training.js';

const RUN = { hyperparameters: { epochs: 40 }, simulation: { seed: 42, epochMs: 5 } };
const failing = (kind: string, attempts: number) => ({
  ...RUN,
  simulation: { ...RUN.simulation, faults: [{ kind, atEpoch: 20, attempts }] },
});

describe('trying again', () => {
  let platform: TestPlatform;
  let datasetId: string;

  beforeAll(async () => {
    platform = await TestPlatform.start({ environment: { PROGRESS_TIMEOUT_MS: '1000' } });
    datasetId = await createDataset(platform.client);
  });
  afterAll(() => platform.stop());

  const run = async (overrides: object) =>
    ended(platform.client, await startedJob(platform.client, datasetId, overrides as Record<string, unknown>));
  const retry = (jobId: string, body?: object) => platform.client.post<JobAnswer>(`/jobs/${jobId}/retry`, body);
  const epochs = async (jobId: string) =>
    (
      await platform.database.rows<{ epoch: number }>(
        'SELECT current_epoch AS epoch FROM training_progress WHERE job_id = $1 ORDER BY 1',
        [jobId],
      )
    ).map(({ epoch }) => epoch);
  const sequence = (length: number) => Array.from({ length }, (_, index) => index + 1);

  it('gets a run past failures that may pass, and says why it waited', async () => {
    const calm = await run({ ...RUN, modelId: 'calm' });
    const job = await run({ ...failing('transient_failure', 2), modelId: 'flaky' });
    expect(job).toMatchObject({ status: 'completed', attempt: 3, metrics: calm.metrics });
    expect(job.lastError).toMatchObject({ code: 'simulated_transient_failure' });
    expect(job.nextAttemptAt).toBeUndefined();
    const waits = (await eventsOf(platform.client, job.id)).filter(({ phase }) => phase === 'retry_wait');
    expect(waits).toMatchObject([
      { attempt: 1, epoch: 19, reason: 'simulated_transient_failure' },
      { attempt: 2, epoch: 19 },
    ]);
    expect(await epochs(job.id)).toEqual(sequence(40));
  });

  it('ends when the attempts are used up, three unless the job says otherwise', async () => {
    expect(await run(failing('transient_failure', 100))).toMatchObject({ status: 'failed', attempt: 3 });
    const once = { ...failing('transient_failure', 100), configuration: { maxAttempts: 1 } };
    expect(await run(once)).toMatchObject({ status: 'failed', attempt: 1, errorCode: 'simulated_transient_failure' });
  });

  it('does not help against what cannot pass', async () => {
    const job = await run(failing('fail', 1));
    expect(job).toMatchObject({ status: 'failed', attempt: 1, errorCode: 'simulated_failure' });
    expect(job.lastError).toBeUndefined();
  });

  it('frees a run from an engine that hangs', async () => {
    expect(await run(failing('stall', 1))).toMatchObject({
      status: 'completed',
      attempt: 2,
      lastError: { code: 'progress_timeout' },
    });
  });

  it('stops at the deadline of the job, trained or not', async () => {
    const configuration = { maxDurationMs: 300 };
    const slow = await run({ ...RUN, simulation: { epochMs: 60_000 }, configuration });
    expect(slow).toMatchObject({ status: 'failed', errorCode: 'timed_out', attempt: 1 });
    expect(slow.actualDuration).toBeLessThan(5_000);
    expect(await run({ ...RUN, configuration: { maxDurationMs: 600_000 } })).toMatchObject({ status: 'completed' });
  });

  it('goes on after the last epoch of a failed job, as a new job, to the model of an undisturbed one', async () => {
    const { client } = platform;
    const calm = (await versionsOf(client, 'calm'))[0]!;
    const failed = await run({ ...failing('fail', 1), modelId: 'retried' });
    const { status, headers, body } = await retry(failed.id);
    expect([status, headers.get('location')]).toEqual([201, `/v1/ai-training/jobs/${body.id}`]);
    expect(body).toMatchObject({ status: 'pending', phase: 'queued', retryOf: failed.id, attempt: 1 });
    const job = await ended(client, body.id);
    expect(job).toMatchObject({ status: 'completed', metrics: calm.metrics, attempt: 2 });
    expect(await epochs(job.id)).toEqual(sequence(40));
    const versions = await versionsOf(client, 'retried');
    expect(versions).toMatchObject([
      { status: 'ready', version: '1.0.0', sha256: calm.sha256 },
      { status: 'archived' },
    ]);
    expect(await getJob(client, failed.id)).toMatchObject({ status: 'failed', attempt: 1 });
  });

  it('begins anew when it is told to', async () => {
    const { client, database } = platform;
    const jobId = await startedJob(client, datasetId, { ...RUN, simulation: { seed: 42, epochMs: 100 } });
    await reachesEpoch(client, jobId, 3);
    await client.post(`/jobs/${jobId}/cancel`);
    await ended(client, jobId);
    const { body } = await retry(jobId, { from: 'start' });
    await reachesEpoch(client, body.id, 1);
    const [first] = await database.rows('SELECT attempt FROM training_progress WHERE job_id = $1 AND current_epoch = 1', [body.id]); // prettier-ignore
    expect(first).toEqual({ attempt: 2 });
    await client.post(`/jobs/${body.id}/cancel`);
  });

  it('is refused to jobs that did not fail, and with anything but the two beginnings', async () => {
    const { client } = platform;
    const created = await createJob(client, datasetId);
    const completed = await run({ hyperparameters: { epochs: 1 } });
    for (const jobId of [created, completed.id]) {
      expect(await retry(jobId)).toMatchObject({ status: 409, body: { code: 'job_not_retryable' } });
    }
    expect((await retry(created, { from: 'middle' })).status).toBe(400);
    expect((await retry('job_none')).status).toBe(404);
    const other = client.as(null);
    expect((await other.post(`/jobs/${created}/retry`)).status).toBe(401);
  });

  it('waits visibly, and a pause holds it there', async () => {
    const { client } = platform;
    await platform.addWorker({ RETRY_BACKOFF_MS: '60000' });
    await platform.workers.shift()!.stop();
    const jobId = await startedJob(client, datasetId, failing('transient_failure', 1));
    const waiting = await reachesPhase(client, jobId, 'retry_wait');
    expect(Date.parse(waiting.nextAttemptAt!) - Date.now()).toBeGreaterThan(10_000);
    expect((await client.post(`/jobs/${jobId}/pause`)).status).toBe(200);
    expect((await client.post(`/jobs/${jobId}/resume`)).status).toBe(202);
    expect(await getJob(client, jobId)).toMatchObject({ phase: 'retry_wait', nextAttemptAt: waiting.nextAttemptAt });
    expect((await client.post(`/jobs/${jobId}/cancel`)).status).toBe(200);
  });
});
