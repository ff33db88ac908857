import { TestPlatform } from './support/platform.js';
import { createDataset, ended, startedJob, versionsOf } from './support/training.js';

describe('two workers and twenty jobs', () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await TestPlatform.start({ workers: 2, environment: { WORKER_CONCURRENCY: '5' } });
  });
  afterAll(() => platform.stop());

  it('completes each with one version, epochs 1..n, and numbers without a gap', async () => {
    const { client, database } = platform;
    const datasetId = await createDataset(client);
    const start = (index: number) =>
      startedJob(client, datasetId, {
        modelId: 'crowd',
        hyperparameters: { epochs: 30 },
        configuration: { earlyStopping: { enabled: index % 4 === 0, patience: 2, minDelta: 0.05 } },
        simulation: { seed: index },
      });
    const jobIds = await Promise.all(Array.from({ length: 20 }, (_, index) => start(index)));
    const jobs = await Promise.all(jobIds.map((id) => ended(client, id)));
    expect(jobs.map((job) => job.status)).toEqual(jobs.map(() => 'completed'));

    const versions = await versionsOf(client, 'crowd');
    expect(versions.map((version) => version.trainingJobId).toSorted()).toEqual(jobIds.toSorted());
    const minors = versions.map((version) => Number(version.version!.split('.')[1]));
    expect(minors.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, minor) => minor));

    for (const job of jobs) {
      const rows = await database.rows<{ epoch: number }>(
        'SELECT current_epoch AS epoch FROM training_progress WHERE job_id = $1 ORDER BY 1',
        [job.id],
      );
      const epochs = job.metrics!.epochs as number;
      expect(rows.map((row) => row.epoch)).toEqual(Array.from({ length: epochs }, (_, index) => index + 1));
    }
    expect(jobs.some((job) => (job.metrics!.epochs as number) < 30)).toBe(true);
    const workers = await database.rows('SELECT DISTINCT worker_id FROM training_jobs');
    expect(workers).toHaveLength(2);
  });
});
