import { DatasetType } from '../../datasets/dataset-type.js';
import { ModelType } from '../model-type.js';
import { COMPATIBILITY, incompatibility } from './compatibility.js';

test('fitting pairs have nothing to say', () => {
  expect(incompatibility(DatasetType.Classification, ModelType.NeuralNetwork)).toBeNull();
  expect(incompatibility(DatasetType.ComputerVision, ModelType.Cnn)).toBeNull();
});

test('others name what would fit', () => {
  expect(incompatibility(DatasetType.Clustering, ModelType.Transformer)).toBe(
    'A transformer model cannot learn from a clustering dataset; these can: random_forest, neural_network.',
  );
});

test('every dataset type has at least two model types, every model type at least three dataset types', () => {
  for (const type of Object.values(DatasetType)) {
    const fitting = Object.values(ModelType).filter((modelType) => incompatibility(type, modelType) === null);
    expect(fitting.length).toBeGreaterThanOrEqual(2);
  }
  for (const modelType of Object.values(ModelType)) {
    expect(Object.keys(COMPATIBILITY[modelType]).length).toBeGreaterThanOrEqual(3);
  }
});
