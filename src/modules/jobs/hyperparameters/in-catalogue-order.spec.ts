import { ModelType } from '../model-type.js';
import { inCatalogueOrder } from './in-catalogue-order.js';
import { resolveHyperparameters } from './resolve-hyperparameters.js';

describe('inCatalogueOrder', () => {
  it('puts names back in order and loses none, unknown ones included', () => {
    const resolved = resolveHyperparameters(ModelType.NeuralNetwork);
    const shuffled = { retired: 1, ...Object.fromEntries(Object.entries(resolved).toReversed()) };
    const ordered = inCatalogueOrder(ModelType.NeuralNetwork, shuffled);
    expect(Object.keys(ordered)).toEqual([...Object.keys(resolved), 'retired']);
    expect(ordered).toEqual(shuffled);
  });
});
