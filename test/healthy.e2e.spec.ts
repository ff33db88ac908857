import { DatasetType } from '../src/modules/datasets/dataset-type.js';
import { COMPATIBILITY } from '../src/modules/jobs/hyperparameters/compatibility.js';
import { ModelType } from '../src/modules/jobs/model-type.js';
import { datasetBody } from './factories/dataset.factory.js';
import { alertsOf } from './support/alerts.js';
import { TestPlatform } from './support/platform.js';
import { createDataset, ended, startedJob } from './support/training.js';

const AT_ONCE = 20;
const RUNS = 200;
/** Detectors were tuned on smaller ones. */
const UNSEEN_SEED = 20_000_000;

describe(`${RUNS} healthy runs of every model type`, () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    // With usual leases: a worker that stands still for two seconds on a busy machine is not lost.
    platform = await TestPlatform.start({ environment: { WORKER_CONCURRENCY: '8', LEASE_MS: '30000' } });
  });

  afterAll(() => platform.stop());

  it('raise no alert', async () => {
    const { client } = platform;
    const kinds = Object.values(ModelType).flatMap((modelType) =>
      (Object.keys(COMPATIBILITY[modelType]) as DatasetType[]).map((type) => ({ modelType, type })),
    );
    const datasets = new Map<string, string>();
    for (const type of Object.values(DatasetType))
      datasets.set(type, await createDataset(client, datasetBody({ type })));
    const start = (index: number) => {
      const { modelType, type } = kinds[index % kinds.length]!;
      return startedJob(client, datasets.get(type)!, {
        modelType,
        hyperparameters: { epochs: 60 + (index % 5) * 20 },
        simulation: { epochMs: 0, seed: UNSEEN_SEED + index },
      });
    };
    const jobs: string[] = [];
    // All at once would be a test of how many a slow machine takes.
    while (jobs.length < RUNS) {
      const next = Array.from({ length: Math.min(AT_ONCE, RUNS - jobs.length) }, (_, index) => jobs.length + index);
      jobs.push(...(await Promise.all(next.map(start))));
    }
    for (const jobId of jobs) expect((await ended(client, jobId)).status).toBe('completed');
    const raised = (await Promise.all(jobs.map((jobId) => alertsOf(client, jobId)))).flat();
    expect(raised).toEqual([]);
  });
});
