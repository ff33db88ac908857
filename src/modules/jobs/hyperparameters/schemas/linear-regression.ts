import type { Hyperparameter } from '../hyperparameter.js';
import { batchSize, epochs, learningRate, learningRateSchedule } from './gradient.js';

/** A linear model; with a logistic or softmax link where the dataset has classes. */
export const linearRegression: readonly Hyperparameter[] = [
  epochs(100, 'Gradient passes over the training rows.'),
  batchSize(32),
  learningRate(0.01),
  learningRateSchedule('constant'),
  {
    name: 'regularization',
    type: 'enum',
    values: ['none', 'l1', 'l2', 'elastic_net'],
    default: 'l2',
    description: 'Penalty on the weights.',
    aliases: ['penalty'],
  },
  {
    name: 'regularizationStrength',
    type: 'number',
    minimum: 0,
    maximum: 1000,
    default: 0.0001,
    description: 'Weight of the penalty in the loss.',
    aliases: ['alpha', 'lambda', 'l2Strength'],
  },
  { name: 'fitIntercept', type: 'boolean', default: true, description: 'Whether a constant term is learnt.' },
];
