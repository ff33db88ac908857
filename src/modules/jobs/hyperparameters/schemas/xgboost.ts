import type { Hyperparameter, NumberHyperparameter } from '../hyperparameter.js';
import { LEAST_LEARNING_RATE } from './gradient.js';
import { maxDepth } from './trees.js';

const share = (name: string, description: string, aliases?: readonly string[]): NumberHyperparameter => ({
  name,
  type: 'number',
  exclusiveMinimum: 0,
  maximum: 1,
  default: 1,
  description,
  ...(aliases && { aliases }),
});

const penalty = (
  name: string,
  value: number,
  description: string,
  aliases: readonly string[],
): NumberHyperparameter => ({
  name,
  type: 'number',
  minimum: 0,
  maximum: 10_000,
  default: value,
  description,
  aliases,
});

/** Names and defaults follow XGBoost's own parameters, but for a learning rate of 0.1 instead of 0.3. */
export const xgboost: readonly Hyperparameter[] = [
  {
    name: 'epochs',
    type: 'integer',
    minimum: 1,
    maximum: 100_000,
    default: 100,
    unit: 'rounds',
    description: 'Boosting rounds; each adds one tree (one a class).',
    aliases: ['nEstimators', 'numRounds', 'numBoostRound', 'rounds'],
  },
  {
    name: 'learningRate',
    type: 'number',
    minimum: LEAST_LEARNING_RATE,
    maximum: 1,
    default: 0.1,
    description: 'Shrinkage of each round; small values need more rounds and generalise better.',
    aliases: ['eta', 'lr', 'shrinkage'],
  },
  maxDepth(6),
  penalty('minChildWeight', 1, 'Smallest sum of row weights in a leaf.', []),
  penalty('gamma', 0, 'Loss that a split must save at least.', ['minSplitLoss']),
  share('subsample', 'Share of the rows that each round sees.', ['bagging']),
  share('colsampleBytree', 'Share of the features that each tree sees.', ['colsample', 'featureFraction']),
  penalty('regLambda', 1, 'L2 penalty on leaf values.', ['lambda', 'l2']),
  penalty('regAlpha', 0, 'L1 penalty on leaf values.', ['alpha', 'l1']),
];
