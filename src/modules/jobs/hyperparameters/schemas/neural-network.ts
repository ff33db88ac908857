import type { Hyperparameter } from '../hyperparameter.js';
import { batchSize, dropout, epochs, learningRate, optimization } from './gradient.js';

export const neuralNetwork: readonly Hyperparameter[] = [
  epochs(100),
  batchSize(32),
  learningRate(0.001),
  {
    name: 'hiddenLayers',
    type: 'integer[]',
    minimum: 1,
    maximum: 8192,
    minItems: 1,
    maxItems: 32,
    default: [128, 64, 32],
    unit: 'units',
    description: 'Width of each hidden layer, from input to output.',
    aliases: ['layers', 'hiddenSizes', 'hiddenUnits', 'hiddenLayerSizes'],
  },
  dropout(0.2),
  {
    name: 'activation',
    type: 'enum',
    values: ['relu', 'leaky_relu', 'gelu', 'tanh', 'sigmoid'],
    default: 'relu',
    description: 'Non-linearity of the hidden layers; sigmoid learns slowest.',
  },
  ...optimization(),
];
