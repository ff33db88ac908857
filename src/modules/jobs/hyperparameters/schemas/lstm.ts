import type { Hyperparameter } from '../hyperparameter.js';
import { batchSize, dropout, epochs, learningRate, optimization } from './gradient.js';

export const lstm: readonly Hyperparameter[] = [
  epochs(50),
  batchSize(32),
  learningRate(0.001),
  {
    name: 'hiddenSize',
    type: 'integer',
    minimum: 1,
    maximum: 8192,
    default: 128,
    unit: 'units',
    description: 'Width of the state that is carried from step to step.',
    aliases: ['units', 'hiddenUnits', 'stateSize'],
  },
  {
    name: 'numLayers',
    type: 'integer',
    minimum: 1,
    maximum: 16,
    default: 2,
    unit: 'layers',
    description: 'Recurrent layers on top of each other.',
    aliases: ['layers', 'depth', 'hiddenLayers'],
  },
  {
    name: 'sequenceLength',
    type: 'integer',
    minimum: 1,
    maximum: 10_000,
    default: 50,
    unit: 'steps',
    description: 'Steps of a sequence that one row is cut to.',
    aliases: ['timeSteps', 'windowSize', 'maxSequenceLength'],
  },
  { name: 'bidirectional', type: 'boolean', default: false, description: 'Whether sequences are read both ways.' },
  dropout(0.2),
  ...optimization(),
];
