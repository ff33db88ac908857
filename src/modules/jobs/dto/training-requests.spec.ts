import 'reflect-metadata';
import { type ClassConstructor, plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { SimulationRequest } from './simulation.request.js';
import { TrainingConfigurationRequest } from './training-configuration.request.js';

/** Paths of the fields that are refused, as the API's validation pipe would find them. */
function refused(type: ClassConstructor<object>, body: object): string[] {
  const errors = validateSync(plainToInstance(type, body), {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
  });
  const paths = ({ property, constraints, children = [] }: ValidationError): string[] => [
    ...(constraints ? [property] : []),
    ...children.flatMap((child) => paths(child).map((path) => `${property}.${path}`)),
  ];
  return errors.flatMap(paths);
}

describe('a configuration', () => {
  test.each<[string, object]>([
    ['empty', {}],
    [
      'complete',
      {
        validationStrategy: 'kfold',
        validationSplit: 0.2,
        testSplit: 0,
        crossValidationFolds: 10,
        earlyStopping: { enabled: true, patience: 5, minDelta: 0 },
        preprocessing: { normalization: true, scaling: 'minmax', encoding: 'label', featureSelection: true },
        dataAugmentation: { enabled: true, techniques: ['flip', 'rotate'] },
      },
    ],
  ])('%s is accepted', (_what, body) => expect(refused(TrainingConfigurationRequest, body)).toEqual([]));

  test.each<[object, string]>([
    [{ validationStrategy: 'none' }, 'validationStrategy'],
    [{ validationSplit: 0 }, 'validationSplit'],
    [{ validationSplit: '0.2' }, 'validationSplit'],
    [{ validationSplit: null }, 'validationSplit'],
    [{ validationSplit: Number.NaN }, 'validationSplit'],
    [{ testSplit: 1 }, 'testSplit'],
    [{ testSplit: -0.1 }, 'testSplit'],
    [{ crossValidationFolds: 1 }, 'crossValidationFolds'],
    [{ crossValidationFolds: 2.5 }, 'crossValidationFolds'],
    [{ earlyStopping: [] }, 'earlyStopping'],
    [{ earlyStopping: [{ patience: 3 }] }, 'earlyStopping'],
    [{ earlyStopping: null }, 'earlyStopping'],
    [{ earlyStopping: 'yes' }, 'earlyStopping'],
    [{ earlyStopping: { patience: 0 } }, 'earlyStopping.patience'],
    [{ earlyStopping: { enabled: 'true' } }, 'earlyStopping.enabled'],
    [{ earlyStopping: { minDelta: Infinity } }, 'earlyStopping.minDelta'],
    [{ earlyStopping: { min_delta: 1 } }, 'earlyStopping.min_delta'],
    [{ preprocessing: { scaling: 'log' } }, 'preprocessing.scaling'],
    [{ preprocessing: { encoding: ['onehot'] } }, 'preprocessing.encoding'],
    [{ dataAugmentation: { techniques: 'flip' } }, 'dataAugmentation.techniques'],
    [{ dataAugmentation: { techniques: [1] } }, 'dataAugmentation.techniques'],
    [{ dataAugmentation: { techniques: [['flip']] } }, 'dataAugmentation.techniques'],
    [{ dataAugmentation: { techniques: ['flip', 'flip'] } }, 'dataAugmentation.techniques'],
    [{ dataAugmentation: { techniques: [''] } }, 'dataAugmentation.techniques'],
    [{ dataAugmentation: { techniques: ['x'.repeat(101)] } }, 'dataAugmentation.techniques'],
    [
      { dataAugmentation: { techniques: Array.from({ length: 21 }, (_, i) => `t${i}`) } },
      'dataAugmentation.techniques',
    ],
    [{ folds: 5 }, 'folds'],
  ])('%j is refused', (body, path) => expect(refused(TrainingConfigurationRequest, body)).toEqual([path]));
});

describe('a simulation', () => {
  test.each<[object]>([
    [{}],
    [{ seed: 0, epochMs: 0, faults: [] }],
    [{ seed: 4_294_967_295, epochMs: 3_600_000, faults: [{ kind: 'crash', atEpoch: 1, attempts: 2 }] }],
  ])('%j is accepted', (body) => expect(refused(SimulationRequest, body)).toEqual([]));

  test.each<[object, string[]]>([
    [{ seed: -1 }, ['seed']],
    [{ seed: 4_294_967_296 }, ['seed']],
    [{ seed: '1' }, ['seed']],
    [{ epochMs: 3_600_001 }, ['epochMs']],
    [{ epochMs: 0.5 }, ['epochMs']],
    [{ faults: {} }, ['faults']],
    [{ faults: { length: 1, 0: { kind: 'fail', atEpoch: 1 } } }, ['faults']],
    [{ faults: [null] }, ['faults']],
    [{ faults: [[]] }, ['faults']],
    [{ faults: ['crash'] }, ['faults']],
    [{ faults: Array.from({ length: 21 }, () => ({ kind: 'fail', atEpoch: 1 })) }, ['faults']],
    [{ faults: [{}] }, ['faults.0.kind', 'faults.0.atEpoch']],
    [{ faults: [{ kind: 'explode', atEpoch: 1 }] }, ['faults.0.kind']],
    [{ faults: [{ kind: 'fail', atEpoch: 0 }] }, ['faults.0.atEpoch']],
    [{ faults: [{ kind: 'fail', atEpoch: 1_000_001 }] }, ['faults.0.atEpoch']],
    [{ faults: [{ kind: 'fail', atEpoch: 1, attempts: null }] }, ['faults.0.attempts']],
    [{ faults: [{ kind: 'fail', atEpoch: 1, note: 'x' }] }, ['faults.0.note']],
  ])('%j is refused', (body, paths) => {
    const found = refused(SimulationRequest, body);
    expect(found.filter((path, i) => found.indexOf(path) === i)).toEqual(expect.arrayContaining(paths));
    expect(found.length).toBeGreaterThan(0);
  });
});
