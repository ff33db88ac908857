import { eventually } from './support/eventually.js';
import { TestPlatform } from './support/platform.js';
import { createDataset, createJob, ended, getJob, reachesEpoch, startedJob, versionsOf } from './support/training.js';

describe('cancelling', () => {
  let platform: TestPlatform;
  let datasetId: string;

  beforeAll(async () => {
    // Long enough for no lease to run out on a busy machine: a run without one would be cancelled at once, with a 200.
    platform = await TestPlatform.start({ environment: { LEASE_MS: '10000' } });
    datasetId = await createDataset(platform.client);
  });
  afterAll(() => platform.stop());

  it('stops a running job within a second, for good', async () => {
    const { client, database } = platform;
    // Epochs of a minute: nothing but the cancel itself can end this run in time.
    const jobId = await startedJob(client, datasetId, { modelId: 'stopped', simulation: { epochMs: 60_000 } });
    await eventually(async () => (await getJob(client, jobId)).phase === 'training', 'the run begins');
    const answer = await client.post(`/jobs/${jobId}/cancel`);
    const asked = performance.now();
    // 200 where the worker was quicker than the answer.
    expect([200, 202]).toContain(answer.status);
    const job = await ended(client, jobId, 1_000);
    expect(performance.now() - asked).toBeLessThan(1_000);
    expect(job).toMatchObject({ status: 'cancelled', phase: 'done' });
    expect(await versionsOf(client, 'stopped')).toMatchObject([{ status: 'archived', statusReason: 'job_cancelled' }]);
    const rows = await database.rows('SELECT FROM training_progress WHERE job_id = $1', [jobId]);
    expect(rows.length).toBeLessThan(10);

    const again = await client.post(`/jobs/${jobId}/cancel`);
    expect(again.status).toBe(200);
    expect(again.body).toMatchObject({ status: 'cancelled' });
  });

  it('ends a job that was not started, which then cannot be', async () => {
    const { client } = platform;
    const jobId = await createJob(client, datasetId);
    expect((await client.post(`/jobs/${jobId}/cancel`)).status).toBe(200);
    const start = await client.post(`/jobs/${jobId}/start`);
    expect(start.status).toBe(409);
    expect(start.body).toMatchObject({ code: 'job_already_started', currentStatus: 'cancelled', allowed: [] });
  });

  it('comes too late for a job that has completed', async () => {
    const { client } = platform;
    const jobId = await startedJob(client, datasetId, { hyperparameters: { epochs: 1 } });
    await ended(client, jobId);
    const answer = await client.post(`/jobs/${jobId}/cancel`);
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({ code: 'job_not_cancellable', currentStatus: 'completed', allowed: [] });
    expect((await getJob(client, jobId)).status).toBe('completed');
  });

  it('and completing agree on one end, for twenty jobs at once', async () => {
    const { client } = platform;
    const jobIds = await Promise.all(
      Array.from({ length: 20 }, () => startedJob(client, datasetId, { hyperparameters: { epochs: 5 } })),
    );
    const answers = await Promise.all(
      jobIds.map(async (jobId, index) => {
        await reachesEpoch(client, jobId, 1 + (index % 5));
        return client.post<{ status: string }>(`/jobs/${jobId}/cancel`);
      }),
    );
    const jobs = await Promise.all(jobIds.map((jobId) => ended(client, jobId)));
    jobs.forEach((job, index) => expect(job.status).toBe(answers[index]!.status === 409 ? 'completed' : 'cancelled'));
  });
});
