import { ValidationStrategy } from '../../jobs/configuration/training-configuration.js';
import { ModelType } from '../../jobs/model-type.js';
import { runToEnd } from '../trainer.contract.js';
import { learningCurveOf } from './learning-curve-of.js';
import { exampleSpec, fastSimulator } from './simulator.arbitrary.js';

const curveOf = (overrides: Parameters<typeof exampleSpec>[0]) => learningCurveOf(exampleSpec(overrides));

test('more data lowers the floor and narrows the gap', () => {
  const [few, many] = [1000, 100_000].map((size) => curveOf({ dataset: { size } }));
  expect(many!.floor).toBeLessThan(few!.floor);
  expect(many!.gap).toBeLessThan(few!.gap);
});

test('more capacity lowers the floor', () => {
  const [narrow, wide] = [[4], [256, 256]].map((hiddenLayers) => curveOf({ hyperparameters: { hiddenLayers } }));
  expect(wide!.floor).toBeLessThan(narrow!.floor);
});

test('small batches are noisy, folds average noise away', () => {
  const usual = curveOf({});
  expect(curveOf({ hyperparameters: { batchSize: 4 } }).noise).toBeGreaterThan(usual.noise);
  const folded = curveOf({ configuration: { validationStrategy: ValidationStrategy.KFold } });
  expect(folded.noise).toBeLessThan(usual.noise);
});

test('dropout narrows the gap; too much of it keeps the model from fitting', () => {
  const [none, some, much] = [0, 0.3, 0.9].map((dropout) => curveOf({ hyperparameters: { dropout } }));
  expect(some!.gap).toBeLessThan(none!.gap);
  expect(much!.floor).toBeGreaterThan(1.5 * none!.floor);
});

test('a large model without dropout on few rows overfits, which early stopping prevents', async () => {
  const memorising = {
    dataset: { size: 300 },
    hyperparameters: { dropout: 0, hiddenLayers: [2048, 2048], epochs: 400 },
  };
  const left = await runToEnd(fastSimulator(), exampleSpec(memorising));
  const lowest = Math.min(...left.epochs.map(({ validationLoss }) => validationLoss));
  expect(left.model.metrics.validationLoss).toBeGreaterThan(1.1 * lowest);
  const stopped = await runToEnd(
    fastSimulator(),
    exampleSpec({ ...memorising, configuration: { earlyStopping: { patience: 20 } } }),
  );
  expect(stopped.epochs.length).toBeLessThan(400);
  expect(stopped.model.metrics.validationLoss).toBeLessThan(1.02 * lowest);
});

test('a forest never overfits by more trees; its first tree is the worst', async () => {
  const { epochs } = await runToEnd(
    fastSimulator(),
    exampleSpec({ modelType: ModelType.RandomForest, hyperparameters: { epochs: 500 } }),
  );
  const losses = epochs.map(({ loss }) => loss);
  expect(losses).toEqual(losses.toSorted((a, b) => b - a));
});

const boosted = async (learningRate: number, epochs: number) =>
  (
    await runToEnd(
      fastSimulator(),
      exampleSpec({ modelType: ModelType.Xgboost, hyperparameters: { learningRate, epochs } }),
    )
  ).model.metrics.validationLoss;

test('boosting needs more rounds with more shrinkage, and ends up better', async () => {
  expect(await boosted(0.02, 50)).toBeGreaterThan(await boosted(0.8, 50));
  expect(await boosted(0.02, 2000)).toBeLessThan(await boosted(0.8, 2000));
});

test('very deep boosted trees overfit', () => {
  const deep = curveOf({ modelType: ModelType.Xgboost, hyperparameters: { maxDepth: 20 } });
  expect(deep.overfitting).toBeGreaterThan(0);
  expect(curveOf({ modelType: ModelType.Xgboost }).overfitting).toBe(0);
});
