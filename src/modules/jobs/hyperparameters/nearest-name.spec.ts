import fc from 'fast-check';
import { ModelType } from '../model-type.js';
import { HYPERPARAMETERS } from './catalogue.js';
import { editDistance, nearestName } from './nearest-name.js';

test.each([
  ['learning_rate', ModelType.NeuralNetwork, 'learningRate'],
  ['learnignRate', ModelType.NeuralNetwork, 'learningRate'],
  ['LR', ModelType.NeuralNetwork, 'learningRate'],
  ['batchsize', ModelType.NeuralNetwork, 'batchSize'],
  ['layers', ModelType.NeuralNetwork, 'hiddenLayers'],
  ['n_estimators', ModelType.RandomForest, 'epochs'],
  ['max_depth', ModelType.Xgboost, 'maxDepth'],
  ['colsample_bytree', ModelType.Xgboost, 'colsampleBytree'],
  ['temperature', ModelType.NeuralNetwork, null],
  ['', ModelType.NeuralNetwork, null],
  ['__proto__', ModelType.NeuralNetwork, null],
])('%s of %s is %s', (given, modelType, expected) => {
  expect(nearestName(given, HYPERPARAMETERS[modelType])).toBe(expected);
});

test('a name of a megabyte is compared with nothing', () => {
  expect(nearestName('epochs'.repeat(200_000), HYPERPARAMETERS.cnn)).toBeNull();
});

test('the edit distance is a distance', () => {
  expect(editDistance('epcohs', 'epochs')).toBe(1);
  expect(editDistance('kitten', 'sitting')).toBe(3);
  const text = fc.string({ maxLength: 8 });
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(editDistance(a, b)).toBe(editDistance(b, a));
      expect(editDistance(a, b) === 0).toBe(a === b);
      expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
    }),
  );
});
