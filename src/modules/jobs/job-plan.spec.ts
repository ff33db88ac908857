import { DatasetType } from '../datasets/dataset-type.js';
import { ValidationStrategy } from './configuration/training-configuration.js';
import { planRun, type RunDraft } from './job-plan.js';
import { ModelType } from './model-type.js';
import { seedOf } from './simulation/seed-of.js';
import { FaultKind } from './simulation/simulation.js';

const SETTINGS = { SIMULATOR_EPOCH_MS: 100, SIMULATOR_PROCESS_FAULTS: false };
const DATASET = { id: 'dataset_1', type: DatasetType.Classification, size: 10_000 };
const DRAFT: RunDraft = { modelType: ModelType.NeuralNetwork, hyperparameters: { epochs: 20 } };
const plan = (draft: Partial<RunDraft> = {}, dataset = DATASET) =>
  planRun('job_1', { ...DRAFT, ...draft }, dataset, SETTINGS);
const codeOf = (draft: Partial<RunDraft>, dataset = DATASET) => {
  try {
    plan(draft, dataset);
  } catch (error) {
    return (error as { code: string }).code;
  }
  return undefined;
};

describe('planRun', () => {
  it('fills in defaults, totals and the expected duration', () => {
    const run = plan();
    expect(run).toMatchObject({ datasetId: 'dataset_1', totalEpochs: 20, totalBatches: 219, simulation: null });
    expect(run.hyperparameters).toMatchObject({ epochs: 20, batchSize: 32 });
    expect(run.configuration.validationStrategy).toBe(ValidationStrategy.Holdout);
    expect(run.estimatedDuration).toBeGreaterThanOrEqual(2_000);
  });

  it('takes the seed that is asked for, or makes one of the id', () => {
    expect(plan({ simulation: { seed: 0 } }).seed).toBe(0);
    expect(plan().seed).toBe(seedOf('job_1'));
  });

  it.each<[string, Partial<RunDraft>, string]>([
    ['hyperparameters', { hyperparameters: { epochs: 0 } }, 'invalid_hyperparameters'],
    ['a configuration', { configuration: { validationSplit: 0.6, testSplit: 0.6 } }, 'validation_failed'],
    [
      'faults that harm a worker',
      { simulation: { faults: [{ kind: FaultKind.Crash, atEpoch: 1 }] } },
      'fault_not_allowed',
    ],
  ])('refuses %s', (_, draft, code) => {
    expect(codeOf(draft)).toBe(code);
  });

  it('holds the model type against the dataset', () => {
    const images = { ...DATASET, type: DatasetType.ComputerVision };
    expect(codeOf({ modelType: ModelType.LinearRegression }, images)).toBe('incompatible_model_type');
  });
});
