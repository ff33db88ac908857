import { resolveConfiguration } from '../configuration/resolve-configuration.js';
import { ValidationStrategy } from '../configuration/training-configuration.js';
import { ModelType } from '../model-type.js';
import { epochDuration, estimateDuration, phaseDuration } from './duration.js';
import { resolveHyperparameters } from './resolve-hyperparameters.js';

const run = {
  hyperparameters: resolveHyperparameters(ModelType.NeuralNetwork),
  configuration: resolveConfiguration(),
};

test('a hundred epochs of the default 100 ms take about ten seconds', () => {
  expect(estimateDuration(run, 100)).toBe(100 * 100 + 2 * 50 + 300);
});

test('what the job asks for goes before the default, 0 included', () => {
  expect(epochDuration({ ...run, simulation: { epochMs: 0 } }, 100)).toBe(0);
  expect(estimateDuration({ ...run, simulation: { epochMs: 2000 } }, 100)).toBe(200_000 + 500 + 300);
});

test('folds multiply the default', () => {
  const configuration = resolveConfiguration({ validationStrategy: ValidationStrategy.KFold, crossValidationFolds: 4 });
  expect(epochDuration({ configuration }, 100)).toBe(400);
  expect(epochDuration({ configuration, simulation: { epochMs: 30 } }, 100)).toBe(30);
});

test('the phases after training stay short', () => {
  expect([0, 100, 10_000].map(phaseDuration)).toEqual([0, 50, 250]);
});
