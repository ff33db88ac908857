import { waitingRow } from './factories/waiting.factory.js';
import type { Client } from './support/client.js';
import { eventually } from './support/eventually.js';
import { TestPlatform } from './support/platform.js';
import {
  createDataset,
  createJob,
  ended,
  getJob,
  getProgress,
  reachesEpoch,
  reachesPhase,
  startedJob,
  startJob,
} from './support/training.js';

describe('the time left of a job', () => {
  let platform: TestPlatform;
  let client: Client;
  let datasetId: string;

  beforeAll(async () => {
    platform = await TestPlatform.start({ environment: { WORKER_CONCURRENCY: '1' } });
    ({ client } = platform);
    datasetId = await createDataset(client);
  });

  afterAll(() => platform.stop());

  const long = { hyperparameters: { epochs: 500 }, simulation: { epochMs: 20, seed: 7 } };
  const cancelled = async (...jobs: string[]) => {
    for (const jobId of jobs) await client.post(`/jobs/${jobId}/cancel`);
    for (const jobId of jobs) await ended(client, jobId);
  };

  it('is told from the first epoch on, between its bounds, and is 0 in the end', async () => {
    const jobId = await createJob(client, datasetId, { ...long, hyperparameters: { epochs: 60 } });
    expect(await getProgress(client, jobId)).not.toHaveProperty('estimatedTimeRemaining');
    await startJob(client, jobId);
    const progress = await reachesEpoch(client, jobId, 5);
    const { estimatedTimeRemaining: estimated, estimatedTimeRemainingLow: low } = progress;
    expect(low).toBeLessThanOrEqual(estimated!);
    expect(progress.estimatedTimeRemainingHigh).toBeGreaterThanOrEqual(estimated!);
    const finish = new Date(progress.timestamp).getTime() + estimated!;
    expect(new Date(progress.estimatedFinishAt!).getTime()).toBeGreaterThanOrEqual(finish);
    await ended(client, jobId);
    const last = await getProgress(client, jobId);
    expect(last).toMatchObject({
      estimatedTimeRemaining: 0,
      estimatedTimeRemainingLow: 0,
      estimatedTimeRemainingHigh: 0,
    });
    expect(last).not.toHaveProperty('estimatedFinishAt');
  });

  it('waits with a job that waits, and with one that is paused', async () => {
    const running = await startedJob(client, datasetId, long);
    await reachesEpoch(client, running, 3);
    const waiting = await startedJob(client, datasetId, long);
    const queued = await getProgress(client, waiting);
    expect(queued.estimatedStartAt).toEqual(expect.any(String));
    expect(queued).not.toHaveProperty('estimatedFinishAt');
    expect(queued).not.toHaveProperty('estimatedTimeRemaining');
    await client.post(`/jobs/${running}/pause`);
    await reachesPhase(client, running, 'paused');
    const paused = await getProgress(client, running);
    expect(paused.estimatedTimeRemaining).toBeGreaterThan(0);
    expect(paused).not.toHaveProperty('estimatedFinishAt');
    // Behind the other one, it is expected to go on when that is done.
    await reachesEpoch(client, waiting, 3);
    await client.post(`/jobs/${running}/resume`);
    const resumed = await getProgress(client, running);
    const start = new Date(resumed.estimatedStartAt!).getTime();
    expect(new Date(resumed.estimatedFinishAt!).getTime()).toBe(start + paused.estimatedTimeRemaining!);
    await cancelled(running, waiting);
    expect(await getProgress(client, running)).not.toHaveProperty('estimatedTimeRemaining');
  });

  it('grows less inside a long epoch, so that the finish stays where it is', async () => {
    const jobId = await startedJob(client, datasetId, {
      hyperparameters: { epochs: 3 },
      simulation: { epochMs: 2_500, seed: 7 },
    });
    const within = await eventually(async () => {
      const progress = await getProgress(client, jobId);
      return progress.currentEpoch === 2 && progress.currentBatch < progress.totalBatches && progress;
    }, `job ${jobId} is inside its second epoch`);
    const [after] = await platform.database.rows<{ left: number }>(
      `SELECT estimated_time_remaining::int AS left FROM training_progress WHERE job_id = $1 AND current_epoch = 1`,
      [jobId],
    );
    const { estimatedTimeRemaining: left } = within;
    expect(left).toBeLessThan(after!.left);
    expect(within.estimatedTimeRemainingLow).toBeLessThanOrEqual(left!);
    expect(within.estimatedTimeRemainingHigh).toBeGreaterThanOrEqual(left!);
    await cancelled(jobId);
  });

  it('begins when the pause between two attempts is over', async () => {
    const jobId = await waitingRow(platform.database, datasetId, {
      phase: 'retry_wait',
      retry_in: 600,
      estimated_time_remaining: 5_000,
    });
    const { estimatedStartAt, estimatedFinishAt } = await getProgress(client, jobId);
    expect(estimatedStartAt).toBe((await getJob(client, jobId)).nextAttemptAt);
    expect(Date.parse(estimatedFinishAt!)).toBe(Date.parse(estimatedStartAt!) + 5_000);
  });

  it('does not count what a job spent paused, nor what a clock that was set back makes of its epochs', async () => {
    const jobId = await startedJob(client, datasetId, { ...long, simulation: { epochMs: 2, seed: 7 } });
    await reachesEpoch(client, jobId, 30);
    await client.post(`/jobs/${jobId}/pause`);
    await reachesPhase(client, jobId, 'paused');
    // As if it had been for hours, and each epoch before had ended before it began.
    await platform.database.rows(
      `UPDATE training_progress SET timestamp = timestamp - current_epoch * interval '10 minutes' WHERE job_id = $1`,
      [jobId],
    );
    const { currentEpoch } = await getProgress(client, jobId);
    await client.post(`/jobs/${jobId}/resume`);
    const progress = await reachesEpoch(client, jobId, currentEpoch + 1);
    expect(progress.estimatedTimeRemaining).toBeGreaterThan(0);
    expect(progress.estimatedTimeRemainingHigh).toBeLessThan(3_600_000);
    await cancelled(jobId);
  });
});
