import { COMPATIBILITY } from '../src/modules/jobs/hyperparameters/compatibility.js';
import { DatasetType } from '../src/modules/datasets/dataset-type.js';
import { ModelType } from '../src/modules/jobs/model-type.js';
import type { Client } from './support/client.js';
import { TestPlatform } from './support/platform.js';
import type { ProblemAnswer } from './support/problem.js';
import * as training from './support/training.js';

interface Described {
  modelType: string;
  datasets: { type: string }[];
  hyperparameters: { name: string; type: string; default: unknown; description: string; minimum?: number }[];
}

const CLASSES = ['accuracy', 'precision', 'recall', 'f1Score', 'confusionMatrix'];
const MEASURES: Record<string, string[]> = {
  classification: CLASSES,
  nlp: CLASSES,
  computer_vision: CLASSES,
  regression: ['mae', 'mse', 'rmse', 'r2Score'],
  clustering: ['silhouetteScore'],
};
const ALWAYS = ['loss', 'validationLoss', 'epochs', 'featureImportance'];
/** Trees know no batches, and a forest no learning rate. */
const OWN: Record<string, string[]> = { random_forest: [], xgboost: ['learningRate'] };

const PAIRS = Object.values(ModelType).flatMap((model) =>
  Object.values(DatasetType).map((type) => [model, type] as const),
);
const fits = ([model, type]: (typeof PAIRS)[number]) => COMPATIBILITY[model][type] !== undefined;

describe('hyperparameters and what they lead to', () => {
  let platform: TestPlatform;
  let client: Client;
  const datasets: Record<string, string> = {};

  beforeAll(async () => {
    platform = await TestPlatform.start({ environment: { SIMULATOR_EPOCH_MS: '0' } });
    ({ client } = platform);
    for (const type of Object.values(DatasetType)) datasets[type] = await training.createDataset(client, { type });
  });
  afterAll(() => platform.stop());

  const job = (override: Record<string, unknown>, datasetType = 'classification') =>
    client.post<training.JobAnswer & ProblemAnswer & { configuration: unknown }>('/jobs', {
      ...{ name: 'Job', datasetId: datasets[datasetType], modelType: 'neural_network', ...override },
    });
  const described = async (type: string) => (await client.get<Described>(`/hyperparameters/${type}`)).body;

  it('are described for every model type, alone as in the list', async () => {
    const { body } = await client.get<{ data: Described[]; hasMore: boolean }>('/hyperparameters');
    expect(body.data.map(({ modelType }) => modelType)).toEqual(Object.values(ModelType));
    expect(body.hasMore).toBe(false);
    for (const entry of body.data) {
      expect(await described(entry.modelType)).toEqual(entry);
      expect(entry.datasets.map(({ type }) => type).toSorted()).toEqual(
        Object.values(DatasetType)
          .filter((type) => fits([entry.modelType as ModelType, type]))
          .toSorted(),
      );
      for (const { description } of entry.hyperparameters) expect(description).toMatch(/^[A-Z].*\.$/);
    }
  });

  it.each(Object.values(ModelType))(
    'of a %s job are filled in as described, and its bounds hold',
    async (modelType) => {
      const { hyperparameters, datasets: usable } = await described(modelType);
      const send = (given: object) => job({ modelType, hyperparameters: given }, usable[0]!.type);
      const defaults = Object.fromEntries(hyperparameters.map((entry) => [entry.name, entry.default]));
      expect((await send({})).body).toMatchObject({ hyperparameters: defaults });
      for (const { name, minimum } of hyperparameters.filter((entry) => entry.minimum !== undefined)) {
        const answer = await send({ [name]: minimum! - 1 });
        expect([name, answer.status, answer.body.code]).toEqual([name, 400, 'invalid_hyperparameters']);
        expect(answer.body.errors).toEqual([expect.objectContaining({ pointer: `/hyperparameters/${name}` })]);
      }
    },
  );

  it.each(PAIRS.filter(fits))('let a %s learn from %s, to the metrics that belong to it', async (modelType, type) => {
    const modelId = `${modelType}-${type}`;
    const answer = await job({ modelId, modelType, hyperparameters: { epochs: 3 } }, type);
    await training.startJob(client, answer.body.id);
    const done = await training.ended(client, answer.body.id);
    expect(done).toMatchObject({ status: 'completed', progress: 100 });
    const metrics = done.metrics as Record<string, number>;
    const own = OWN[modelType] ?? ['learningRate', 'batchSize'];
    expect(Object.keys(metrics).toSorted()).toEqual([...ALWAYS, ...own, ...MEASURES[type]!].toSorted());
    expect(metrics.epochs).toBe(3);
    const [version] = await training.versionsOf(client, modelId);
    const { accuracy, r2Score = 0, silhouetteScore = r2Score } = metrics;
    expect(version!.performance!.accuracy).toBe(accuracy ?? Math.max(0, silhouetteScore));
    const { latency, throughput, memoryUsage } = version!.performance!;
    for (const figure of [latency, throughput, memoryUsage]) expect(figure).toBeGreaterThan(0);
    if (type === DatasetType.Regression) expect(metrics.rmse).toBeCloseTo(Math.sqrt(metrics.mse!), 4);
  });

  it.each(PAIRS.filter((pair) => !fits(pair)))('refuse a %s for %s, and say what fits', async (modelType, type) => {
    const { status, body } = await job({ modelType }, type);
    expect([status, body.code]).toEqual([400, 'incompatible_model_type']);
    expect(body.errors).toMatchObject([{ pointer: '/modelType' }]);
    for (const [model] of PAIRS.filter((pair) => pair[1] === type && fits(pair))) expect(body.detail).toContain(model);
  });

  it.each([
    ['learning_rate', 'learningRate'],
    ['learnigRate', 'learningRate'],
    ['lr', 'learningRate'],
    ['Batch-Size', 'batchSize'],
    ['hiddenLayer', 'hiddenLayers'],
    ['optimiser', 'optimizer'],
  ])('named %s are refused with %s suggested', async (given, suggested) => {
    const { status, body } = await job({ hyperparameters: { [given]: 1 } });
    expect([status, body.code]).toEqual([400, 'invalid_hyperparameters']);
    expect(body.errors).toEqual([
      {
        pointer: `/hyperparameters/${given}`,
        code: 'unknown_hyperparameter',
        detail: `Unknown hyperparameter; did you mean ${suggested}?`,
      },
    ]);
  });

  it('are all complained of at once', async () => {
    const { body } = await job({ hyperparameters: { epochs: 0, dropout: 1, optimizer: 'magic', speed: 9 } });
    expect(body.errors!.map(({ pointer, code }) => `${pointer} ${code}`).toSorted()).toEqual([
      '/hyperparameters/dropout out_of_range',
      '/hyperparameters/epochs out_of_range',
      '/hyperparameters/optimizer not_allowed_value',
      '/hyperparameters/speed unknown_hyperparameter',
    ]);
  });

  it('of another model type replace the old ones when a job is changed', async () => {
    const { body } = await job({ hyperparameters: { epochs: 3, dropout: 0.5 } });
    const changed = await client.patch<{ hyperparameters: object }>(`/jobs/${body.id}`, { modelType: 'xgboost' });
    expect(changed.body.hyperparameters).not.toHaveProperty('dropout');
    expect(changed.body.hyperparameters).toMatchObject({ epochs: 100, maxDepth: 6 });
    const refused = await client.patch(`/jobs/${body.id}`, { datasetId: datasets.clustering });
    expect([refused.status, (refused.body as unknown as ProblemAnswer).code]).toEqual([400, 'incompatible_model_type']);
  });

  it.each<[object, string, string, string?]>([
    [{ validationSplit: 0.5, testSplit: 0.5 }, 'validationSplit', 'nothing_to_train_on'],
    [{ validationSplit: 0.9, testSplit: 0.1 }, 'validationSplit', 'nothing_to_train_on'],
    [{ validationSplit: 0 }, 'validationSplit', 'out_of_range'],
    [{ crossValidationFolds: 5 }, 'crossValidationFolds', 'only_with_kfold'],
    [{ validationStrategy: 'kfold', crossValidationFolds: 1 }, 'crossValidationFolds', 'out_of_range'],
    [{ validationStrategy: 'stratified_kfold' }, 'validationStrategy', 'needs_classes', 'regression'],
    [{ preprocessing: { encoding: 'target' } }, 'preprocessing/encoding', 'needs_target', 'clustering'],
    [{ dataAugmentation: { enabled: true } }, 'dataAugmentation/techniques', 'required'],
    [{ earlyStopping: { patience: 0 } }, 'earlyStopping/patience', 'out_of_range'],
  ])('refuse the configuration %j at %s as %s', async (configuration, field, code, type = 'classification') => {
    const { status, body } = await job({ configuration }, type);
    expect([status, body.code]).toEqual([400, 'validation_failed']);
    expect(body.errors).toMatchObject([{ pointer: `/configuration/${field}`, code }]);
  });

  it.each<[object, object]>([
    [{}, { validationStrategy: 'holdout', validationSplit: 0.2, testSplit: 0.1, earlyStopping: { enabled: false } }],
    [{ validationStrategy: 'kfold' }, { crossValidationFolds: 5 }],
    [{ earlyStopping: { patience: 3 } }, { earlyStopping: { enabled: true, patience: 3, minDelta: 0.001 } }],
    [{ preprocessing: { normalization: false } }, { preprocessing: { normalization: false, encoding: 'onehot' } }],
    [{ dataAugmentation: { techniques: ['flip'] } }, { dataAugmentation: { enabled: true, techniques: ['flip'] } }],
  ])('fill in the configuration %j', async (configuration, expected) => {
    const { status, body } = await job({ configuration });
    expect(status).toBe(201);
    expect(body.configuration).toMatchObject(expected);
  });
});
