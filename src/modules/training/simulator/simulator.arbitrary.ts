import { DatasetType } from '../../datasets/dataset-type.js';
import { type PartialConfiguration, resolveConfiguration } from '../../jobs/configuration/resolve-configuration.js';
import { resolveHyperparameters } from '../../jobs/hyperparameters/resolve-hyperparameters.js';
import { ModelType } from '../../jobs/model-type.js';
import type { TrainingSpec } from '../trainer.js';
import { SimulatorTrainer } from './simulator.trainer.js';

/** The example of the README, with no waits; for tests. */
export function exampleSpec(
  overrides: Partial<Omit<TrainingSpec, 'dataset' | 'configuration' | 'hyperparameters'>> & {
    dataset?: Partial<TrainingSpec['dataset']>;
    configuration?: PartialConfiguration;
    hyperparameters?: Record<string, unknown>;
  } = {},
): TrainingSpec {
  const modelType = overrides.modelType ?? ModelType.NeuralNetwork;
  return {
    seed: 42,
    attempt: 1,
    simulation: { epochMs: 0 },
    ...overrides,
    modelType,
    dataset: {
      type: DatasetType.Classification,
      size: 10_000,
      features: ['age', 'income', 'purchase_history', 'location'],
      targetColumn: 'customer_segment',
      ...overrides.dataset,
    },
    configuration: resolveConfiguration(overrides.configuration),
    hyperparameters: resolveHyperparameters(modelType, overrides.hyperparameters),
  };
}

/** A simulator that waits for nothing unless a spec says so. */
export function fastSimulator(
  options: Partial<ConstructorParameters<typeof SimulatorTrainer>[0]> = {},
): SimulatorTrainer {
  return new SimulatorTrainer({ epochMs: 0, processFaults: true, ...options });
}
