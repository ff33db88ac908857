import { DatasetType } from '../../datasets/dataset-type.js';
import { checkConfiguration } from './check-configuration.js';
import { type PartialConfiguration, resolveConfiguration } from './resolve-configuration.js';
import { ValidationStrategy } from './training-configuration.js';

const check = (given: PartialConfiguration, type?: DatasetType) =>
  checkConfiguration(resolveConfiguration(given), type).map(({ pointer, code }) => `${pointer} ${code}`);

test('the default is fine for every dataset type', () => {
  for (const type of Object.values(DatasetType)) expect(check({}, type)).toEqual([]);
});

test.each<[string, PartialConfiguration, string[]]>([
  ['splits that leave something', { validationSplit: 0.5, testSplit: 0.4 }, []],
  [
    'splits that leave nothing',
    { validationSplit: 0.7, testSplit: 0.3 },
    ['/configuration/validationSplit nothing_to_train_on'],
  ],
  [
    'a sum that floating point keeps below 1',
    { validationSplit: 0.9, testSplit: 1 - 0.9 },
    ['/configuration/validationSplit nothing_to_train_on'],
  ],
  ['folds without k-fold', { crossValidationFolds: 5 }, ['/configuration/crossValidationFolds only_with_kfold']],
  [
    'k-fold with a split that is not looked at',
    { validationStrategy: ValidationStrategy.KFold, validationSplit: 0.99, testSplit: 0.5 },
    [],
  ],
  [
    'augmentation by nothing',
    { dataAugmentation: { enabled: true } },
    ['/configuration/dataAugmentation/techniques required'],
  ],
  ['augmentation by something', { dataAugmentation: { techniques: ['flip'] } }, []],
])('%s', (_what, given, expected) => {
  expect(check(given)).toEqual(expected);
});

test('k-fold needs folds', () => {
  const { crossValidationFolds: _, ...without } = resolveConfiguration({
    validationStrategy: ValidationStrategy.KFold,
  });
  expect(checkConfiguration(without)).toMatchObject([
    { pointer: '/configuration/crossValidationFolds', code: 'required' },
  ]);
});

test('stratified folds need classes, target encoding a target', () => {
  const given: PartialConfiguration = {
    validationStrategy: ValidationStrategy.StratifiedKFold,
    preprocessing: { encoding: 'target' },
  };
  expect(check(given, DatasetType.Classification)).toEqual([]);
  expect(check(given, DatasetType.Clustering)).toEqual([
    '/configuration/validationStrategy needs_classes',
    '/configuration/preprocessing/encoding needs_target',
  ]);
});
