import fc from 'fast-check';
import type { FieldError } from '../../../errors/domain.error.js';
import { ModelType } from '../model-type.js';
import { HYPERPARAMETERS } from './catalogue.js';
import { validHyperparameters } from './hyperparameters.arbitrary.js';
import { InvalidHyperparametersError } from './hyperparameters.errors.js';
import { resolveHyperparameters } from './resolve-hyperparameters.js';

function complaints(given: unknown, modelType = ModelType.NeuralNetwork): FieldError[] {
  try {
    resolveHyperparameters(modelType, given);
  } catch (error) {
    if (error instanceof InvalidHyperparametersError) return error.details.errors!;
    throw error;
  }
  throw new Error('was accepted');
}

const sparse = (length: number): unknown[] => Object.assign([], { length });

const codes = (given: unknown, modelType?: ModelType) =>
  complaints(given, modelType).map(({ pointer, code }) => `${pointer} ${code}`);

describe('what is accepted', () => {
  test('the example of the original, completed', () => {
    const given = {
      epochs: 100,
      batchSize: 32,
      learningRate: 0.001,
      hiddenLayers: [128, 64, 32],
      dropout: 0.2,
      optimizer: 'adam',
    };
    expect(resolveHyperparameters(ModelType.NeuralNetwork, given)).toMatchObject(given);
    expect(resolveHyperparameters(ModelType.NeuralNetwork, { epochs: 7 })).toMatchObject({
      epochs: 7,
      activation: 'relu',
    });
    expect(resolveHyperparameters(ModelType.Xgboost)).toMatchObject({ epochs: 100, learningRate: 0.1 });
  });

  test.each(Object.values(ModelType))('any valid set of %s, once and again', (modelType) => {
    fc.assert(
      fc.property(validHyperparameters(modelType), (given) => {
        const resolved = resolveHyperparameters(modelType, given);
        expect(Object.keys(resolved)).toEqual(HYPERPARAMETERS[modelType].map(({ name }) => name));
        expect(JSON.parse(JSON.stringify(resolved))).toEqual(resolved);
        expect(resolveHyperparameters(modelType, resolved)).toEqual(resolved);
      }),
    );
  });

  test('values are copied, and −0 becomes 0', () => {
    const hiddenLayers = [8];
    const resolved = resolveHyperparameters(ModelType.NeuralNetwork, { hiddenLayers, dropout: -0 });
    hiddenLayers.push(9);
    expect(resolved.hiddenLayers).toEqual([8]);
    expect(Object.is(resolved.dropout, 0)).toBe(true);
    (resolveHyperparameters(ModelType.NeuralNetwork).hiddenLayers as number[]).push(1);
    expect(resolveHyperparameters(ModelType.NeuralNetwork).hiddenLayers).toEqual([128, 64, 32]);
  });

  test('undefined counts as left out', () => {
    expect(resolveHyperparameters(ModelType.NeuralNetwork, { epochs: undefined }).epochs).toBe(100);
  });
});

describe('what is refused', () => {
  test.each<[string, unknown, string]>([
    ['a numeric string', { learningRate: '0.1' }, '/hyperparameters/learningRate wrong_type'],
    ['null', { epochs: null }, '/hyperparameters/epochs wrong_type'],
    ['NaN', { dropout: Number.NaN }, '/hyperparameters/dropout wrong_type'],
    ['Infinity', { learningRate: Infinity }, '/hyperparameters/learningRate wrong_type'],
    ['a fraction for an integer', { epochs: 1.5 }, '/hyperparameters/epochs wrong_type'],
    ['an integer beyond exactness', { epochs: 1e300 }, '/hyperparameters/epochs wrong_type'],
    ['too few', { epochs: 0 }, '/hyperparameters/epochs out_of_range'],
    ['no learning at all', { learningRate: 0 }, '/hyperparameters/learningRate out_of_range'],
    ['a rate that no float holds', { learningRate: 5e-324 }, '/hyperparameters/learningRate out_of_range'],
    ['an exclusive upper bound', { dropout: 1 }, '/hyperparameters/dropout out_of_range'],
    ['an unknown optimizer', { optimizer: 'magic' }, '/hyperparameters/optimizer not_allowed_value'],
    ['a number as an optimizer', { optimizer: 1 }, '/hyperparameters/optimizer wrong_type'],
    ['a number as a list', { hiddenLayers: 128 }, '/hyperparameters/hiddenLayers wrong_type'],
    ['an array-like object', { hiddenLayers: { length: 1, 0: 8 } }, '/hyperparameters/hiddenLayers wrong_type'],
    ['an empty list', { hiddenLayers: [] }, '/hyperparameters/hiddenLayers wrong_length'],
    ['holes', { hiddenLayers: Object.assign(sparse(3), { 0: 8, 2: 8 }) }, '/hyperparameters/hiddenLayers wrong_type'],
    ['a bad item', { hiddenLayers: [8, 0] }, '/hyperparameters/hiddenLayers out_of_range'],
    ['a nested list', { hiddenLayers: [[8]] }, '/hyperparameters/hiddenLayers wrong_type'],
    ['an unknown name', { foo: 1 }, '/hyperparameters/foo unknown_hyperparameter'],
    ['a name that needs escaping', { 'a/b~c': 1 }, '/hyperparameters/a~1b~0c unknown_hyperparameter'],
    ['an inherited name', { constructor: 1 }, '/hyperparameters/constructor unknown_hyperparameter'],
    ['__proto__', JSON.parse('{"__proto__": {"epochs": 5}}'), '/hyperparameters/__proto__ unknown_hyperparameter'],
    ['a list', [], '/hyperparameters wrong_type'],
    ['null for all', null, '/hyperparameters wrong_type'],
    ['a string for all', 'epochs', '/hyperparameters wrong_type'],
  ])('%s', (_what, given, expected) => {
    expect(codes(given)).toEqual([expected]);
  });

  // Not in the table above: jest would walk through all of its places.
  test('a huge sparse list', () => {
    expect(codes({ hiddenLayers: sparse(4e9) })).toEqual(['/hyperparameters/hiddenLayers wrong_length']);
  });

  test('numbers where true or false belongs', () => {
    expect(codes({ bidirectional: 1 }, ModelType.Lstm)).toEqual(['/hyperparameters/bidirectional wrong_type']);
  });

  test('an exclusive lower bound', () => {
    expect(codes({ subsample: 0 }, ModelType.Xgboost)).toEqual(['/hyperparameters/subsample out_of_range']);
  });

  test('every field at once', () => {
    expect(codes({ epochs: 0, dropout: 'x', learning_rat: 1 })).toEqual([
      '/hyperparameters/learning_rat unknown_hyperparameter',
      '/hyperparameters/epochs out_of_range',
      '/hyperparameters/dropout wrong_type',
    ]);
  });

  test('a width that its heads do not divide', () => {
    expect(codes({ hiddenSize: 100, attentionHeads: 8 }, ModelType.Transformer)).toEqual([
      '/hyperparameters/hiddenSize inconsistent',
    ]);
  });

  test('with a suggestion where one is near', () => {
    expect(complaints({ learninRate: 1 })[0]!.detail).toBe('Unknown hyperparameter; did you mean learningRate?');
    expect(complaints({ quux: 1 })[0]!.detail).toContain('known ones are epochs, batchSize');
  });

  test('a flood of names, in a bounded answer', () => {
    const flood = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`name${i}`, i]));
    expect(complaints(flood)).toHaveLength(100);
  });
});

test('a polluted prototype sets nothing', () => {
  const given = Object.create({ epochs: 3 }) as object;
  expect(resolveHyperparameters(ModelType.NeuralNetwork, given).epochs).toBe(100);
});
