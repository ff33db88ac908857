import { DEFAULT_CONFIGURATION } from './default-configuration.js';
import { resolveConfiguration } from './resolve-configuration.js';
import { ValidationStrategy } from './training-configuration.js';

test('nothing given is the default, as a copy', () => {
  const resolved = resolveConfiguration();
  expect(resolved).toEqual(DEFAULT_CONFIGURATION);
  resolved.dataAugmentation.techniques.push('flip');
  expect(DEFAULT_CONFIGURATION.dataAugmentation.techniques).toEqual([]);
});

test('what is given stays, at every depth', () => {
  expect(resolveConfiguration({ testSplit: 0, preprocessing: { scaling: 'robust' } })).toEqual({
    ...DEFAULT_CONFIGURATION,
    testSplit: 0,
    preprocessing: { ...DEFAULT_CONFIGURATION.preprocessing, scaling: 'robust' },
  });
});

test('resolving twice changes nothing', () => {
  const once = resolveConfiguration({
    validationStrategy: ValidationStrategy.KFold,
    earlyStopping: { enabled: false },
  });
  expect(resolveConfiguration(once)).toEqual(once);
});

test('folds come with the k-fold strategies only', () => {
  expect(resolveConfiguration({ validationStrategy: ValidationStrategy.KFold }).crossValidationFolds).toBe(5);
  expect(resolveConfiguration()).not.toHaveProperty('crossValidationFolds');
});

test('settings without enabled switch on what they belong to', () => {
  expect(resolveConfiguration({ earlyStopping: { patience: 3 } }).earlyStopping.enabled).toBe(true);
  expect(resolveConfiguration({ earlyStopping: { patience: 3, enabled: false } }).earlyStopping.enabled).toBe(false);
  expect(resolveConfiguration({ earlyStopping: {} }).earlyStopping.enabled).toBe(false);
  expect(resolveConfiguration({ earlyStopping: { patience: undefined } }).earlyStopping.enabled).toBe(false);
  expect(resolveConfiguration({ dataAugmentation: { techniques: ['flip'] } }).dataAugmentation.enabled).toBe(true);
});

test('without normalization nothing is scaled unless asked for', () => {
  expect(resolveConfiguration({ preprocessing: { normalization: false } }).preprocessing).not.toHaveProperty('scaling');
});
