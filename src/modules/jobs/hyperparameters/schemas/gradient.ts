import type { EnumHyperparameter, IntegerHyperparameter, NumberHyperparameter } from '../hyperparameter.js';

/** Nothing is learnt below it, and what schedules leave of it must still fit a 4-byte float (1.2e-38). */
export const LEAST_LEARNING_RATE = 1e-12;

/** Entries that models trained by gradient descent have in common; each takes the model type's default. */

export const epochs = (value: number, description = 'Passes over the training rows.'): IntegerHyperparameter => ({
  name: 'epochs',
  type: 'integer',
  minimum: 1,
  maximum: 100_000,
  default: value,
  description,
  aliases: ['numEpochs', 'maxIter', 'iterations', 'nEpochs'],
});

export const batchSize = (value: number): IntegerHyperparameter => ({
  name: 'batchSize',
  type: 'integer',
  minimum: 1,
  maximum: 65_536,
  default: value,
  unit: 'rows',
  description: 'Rows in one gradient step; small batches make the loss noisier.',
  aliases: ['miniBatchSize'],
});

export const learningRate = (value: number): NumberHyperparameter => ({
  name: 'learningRate',
  type: 'number',
  minimum: LEAST_LEARNING_RATE,
  maximum: 10,
  default: value,
  description: 'Step size of the optimizer; too small learns slowly, too large diverges.',
  aliases: ['lr', 'stepSize', 'alpha'],
});

export const learningRateSchedule = (value: string): EnumHyperparameter => ({
  name: 'learningRateSchedule',
  type: 'enum',
  values: ['constant', 'step', 'exponential', 'cosine'],
  default: value,
  description: 'How the learning rate falls over the epochs.',
  aliases: ['lrSchedule', 'scheduler', 'lrScheduler'],
});

export const warmupEpochs = (value: number): IntegerHyperparameter => ({
  name: 'warmupEpochs',
  type: 'integer',
  minimum: 0,
  maximum: 100_000,
  default: value,
  unit: 'epochs',
  description: 'Epochs in which the learning rate climbs linearly to its full value.',
  aliases: ['warmup', 'warmupSteps'],
});

export const optimizer = (value: string): EnumHyperparameter => ({
  name: 'optimizer',
  type: 'enum',
  values: ['adam', 'adamw', 'sgd', 'rmsprop', 'adagrad'],
  default: value,
  description: 'Rule that turns gradients into steps; sgd uses momentum.',
  aliases: ['solver'],
});

export const momentum = (value: number): NumberHyperparameter => ({
  name: 'momentum',
  type: 'number',
  minimum: 0,
  exclusiveMaximum: 1,
  default: value,
  description: 'Share of the previous step that is kept; used by sgd alone.',
});

export const dropout = (value: number): NumberHyperparameter => ({
  name: 'dropout',
  type: 'number',
  minimum: 0,
  exclusiveMaximum: 1,
  default: value,
  description: 'Fraction of units silenced in each training step; narrows the generalisation gap.',
  aliases: ['dropoutRate', 'dropoutProbability'],
});

export const weightDecay = (value: number): NumberHyperparameter => ({
  name: 'weightDecay',
  type: 'number',
  minimum: 0,
  maximum: 1,
  default: value,
  description: 'Shrinkage of the weights in each step.',
  aliases: ['l2', 'decay'],
});

/** What every neural model ends its schema with. */
export const optimization = (
  defaults: Partial<{ optimizer: string; weightDecay: number; schedule: string; warmupEpochs: number }> = {},
) => [
  optimizer(defaults.optimizer ?? 'adam'),
  momentum(0.9),
  weightDecay(defaults.weightDecay ?? 0),
  learningRateSchedule(defaults.schedule ?? 'constant'),
  warmupEpochs(defaults.warmupEpochs ?? 0),
];
