import type { Client } from './support/client.js';
import { TestPlatform } from './support/platform.js';
import type { ProblemAnswer } from './support/problem.js';
import * as training from './support/training.js';

interface Curve {
  loss: number;
  validation_loss: number;
}

const CLASSES = ['classification', 'nlp', 'computer_vision'];

describe('a simulated run', () => {
  let platform: TestPlatform;
  let client: Client;
  let datasetId: string;

  beforeAll(async () => {
    platform = await TestPlatform.start({ environment: { SIMULATOR_EPOCH_MS: '0', PROGRESS_TIMEOUT_MS: '1000' } });
    ({ client } = platform);
    datasetId = await training.createDataset(client);
  });
  afterAll(() => platform.stop());

  const run = async (override: Record<string, unknown>, dataset = datasetId) =>
    training.ended(client, await training.startedJob(client, dataset, override));
  const curve = (jobId: string) =>
    platform.database.rows<Curve>(
      'SELECT loss, validation_loss FROM training_progress WHERE job_id = $1 ORDER BY current_epoch',
      [jobId],
    );
  const withFault = (kind: string, override: Record<string, unknown> = {}) =>
    run({
      hyperparameters: { epochs: 40 },
      simulation: { seed: 3, faults: [{ kind, atEpoch: 11 }] },
      modelId: kind,
      ...override,
    });

  it('ends early when it is told to and the loss no longer falls', async () => {
    const done = await run({
      hyperparameters: { epochs: 500 },
      configuration: { earlyStopping: { patience: 3, minDelta: 0.01 } },
      modelId: 'early',
    });
    expect(done).toMatchObject({ status: 'completed', progress: 100 });
    const { epochs, validationLoss } = done.metrics as Record<string, number>;
    expect(epochs).toBeLessThan(500);
    const rows = await curve(done.id);
    expect(rows).toHaveLength(epochs!);
    expect(validationLoss).toBe(rows.at(-4)!.validation_loss);
    expect(await training.getProgress(client, done.id)).toMatchObject({ currentEpoch: epochs, status: 'completed' });
  });

  it('is the same again with the same seed, and another with another', async () => {
    const [first, second, third] = await Promise.all([5, 5, 6].map((seed) => run({ simulation: { seed } })));
    expect(second!.metrics).toEqual(first!.metrics);
    expect(third!.metrics).not.toEqual(first!.metrics);
  });

  it('diverges', async () => {
    const done = await withFault('diverge');
    expect(done.status).toBe('completed');
    const rows = await curve(done.id);
    expect(rows.at(-1)!.loss).toBeGreaterThan(10 * rows[9]!.loss);
    expect(rows.at(-1)!.validation_loss).toBeGreaterThan(10 * rows[9]!.validation_loss);
  });

  it('stands still on a plateau', async () => {
    const plain = await curve((await run({ hyperparameters: { epochs: 40 }, simulation: { seed: 3 } })).id);
    const rows = await curve((await withFault('plateau')).id);
    expect(rows.slice(0, 10)).toEqual(plain.slice(0, 10));
    const [here, there] = [rows, plain].map((losses) => losses.slice(30).reduce((sum, { loss }) => sum + loss, 0) / 10);
    expect(Math.abs(here! - rows[10]!.loss)).toBeLessThan(0.1 * rows[10]!.loss);
    expect(here!).toBeGreaterThan(1.2 * there!);
  });

  it('overfits', async () => {
    const rows = await curve((await withFault('overfit')).id);
    expect(rows.at(-1)!.loss).toBeLessThan(rows[9]!.loss);
    expect(rows.at(-1)!.validation_loss).toBeGreaterThan(rows[9]!.validation_loss);
  });

  it.each([
    ['fail', 'simulated_failure', 1],
    ['transient_failure', 'simulated_transient_failure', 3],
    ['stall', 'progress_timeout', 3],
  ])('told to %s ends as failed with %s, its version archived', async (kind, errorCode, attempt) => {
    const faults = [{ kind, atEpoch: 11, attempts: 100 }];
    const done = await withFault(kind, { simulation: { seed: 42, faults } });
    expect(done).toMatchObject({ status: 'failed', phase: 'done', errorCode, attempt });
    expect(done.error).toMatch(/\.$/);
    expect(done).not.toHaveProperty('metrics');
    expect(await training.versionsOf(client, kind)).toMatchObject([{ status: 'archived', statusReason: 'job_failed' }]);
    expect(await training.getProgress(client, done.id)).toMatchObject({ status: 'failed', currentEpoch: 10 });
    expect(await curve(done.id)).toHaveLength(10);
    const start = await client.post(`/jobs/${done.id}/start`);
    expect([start.status, (start.body as unknown as ProblemAnswer).code]).toEqual([409, 'job_already_started']);
  });

  it('that stalls holds up no other', async () => {
    const faults = [{ kind: 'stall', atEpoch: 1 }];
    const stalled = await training.startedJob(client, datasetId, { simulation: { faults } });
    expect(await run({})).toMatchObject({ status: 'completed' });
    expect(await training.ended(client, stalled)).toMatchObject({ status: 'completed', attempt: 2 });
  });

  it('knows nothing of a fault beyond its last epoch', async () => {
    expect(await withFault('fail', { hyperparameters: { epochs: 10 }, modelId: 'spared' })).toMatchObject({
      status: 'completed',
    });
  });

  it('may harm its process only where that is allowed', async () => {
    const strict = await platform.addApi({ SIMULATOR_PROCESS_FAULTS: 'false' });
    for (const kind of ['crash', 'stall', 'out_of_memory', 'fail']) {
      const body = { name: 'J', datasetId, modelType: 'cnn', simulation: { faults: [{ kind, atEpoch: 1 }] } };
      const answer = await strict.post<ProblemAnswer>('/jobs', body);
      if (kind === 'fail') {
        expect(answer.status).toBe(201);
        continue;
      }
      expect([answer.status, answer.body.code]).toEqual([400, 'fault_not_allowed']);
      expect(answer.body.errors).toMatchObject([{ pointer: '/simulation/faults/0/kind', code: 'fault_not_allowed' }]);
      expect((await client.post('/jobs', body)).status).toBe(201);
    }
  });

  it.each([
    ['one row', { size: 1 }, {}],
    ['two rows in a hundred folds', { size: 2 }, { validationStrategy: 'kfold', crossValidationFolds: 100 }],
    ['a trillion rows', { size: 1_000_000_000_000 }, {}],
    ['no test rows', {}, { testSplit: 0 }],
    ['hardly a row to train on', {}, { validationSplit: 0.98, testSplit: 0.01 }],
    ['3,000 features', { features: Array.from({ length: 3_000 }, (_, index) => `feature ${index}`) }, {}],
  ])(
    'of %s ends with numbers that are numbers, for every type of dataset',
    async (_label, overrides, configuration) => {
      const types = [...CLASSES, 'regression', 'clustering'];
      const done = await Promise.all(
        types.map(async (type) => {
          const id = await training.createDataset(client, { type, ...overrides });
          return run({ hyperparameters: { epochs: 2 }, configuration }, id);
        }),
      );
      for (const { status, metrics } of done) {
        expect(status).toBe('completed');
        for (const value of Object.values(metrics!).filter((entry) => typeof entry !== 'object' || entry === null)) {
          expect(Number.isFinite(value)).toBe(true);
        }
      }
    },
  );
});
