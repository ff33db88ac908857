import type { Hyperparameter } from '../hyperparameter.js';
import { batchSize, dropout, epochs, learningRate, optimization } from './gradient.js';

export const cnn: readonly Hyperparameter[] = [
  epochs(50),
  batchSize(32),
  learningRate(0.001),
  {
    name: 'filters',
    type: 'integer[]',
    minimum: 1,
    maximum: 2048,
    minItems: 1,
    maxItems: 64,
    default: [32, 64, 128],
    unit: 'channels',
    description: 'Output channels of each convolution, from input to output.',
    aliases: ['channels', 'convLayers'],
  },
  {
    name: 'kernelSize',
    type: 'integer',
    minimum: 1,
    maximum: 31,
    default: 3,
    unit: 'pixels',
    description: 'Side of the square that a convolution looks at.',
    aliases: ['kernel', 'filterSize'],
  },
  {
    name: 'hiddenLayers',
    type: 'integer[]',
    minimum: 1,
    maximum: 8192,
    minItems: 0,
    maxItems: 8,
    default: [128],
    unit: 'units',
    description: 'Width of each dense layer between the convolutions and the output.',
    aliases: ['denseLayers', 'denseUnits', 'layers'],
  },
  dropout(0.25),
  ...optimization(),
];
