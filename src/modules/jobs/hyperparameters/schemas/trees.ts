import type { IntegerHyperparameter } from '../hyperparameter.js';

export const maxDepth = (value: number): IntegerHyperparameter => ({
  name: 'maxDepth',
  type: 'integer',
  minimum: 1,
  maximum: 64,
  default: value,
  unit: 'levels',
  description: 'Levels of one tree; deep trees fit closely and generalise less.',
  aliases: ['depth'],
});
