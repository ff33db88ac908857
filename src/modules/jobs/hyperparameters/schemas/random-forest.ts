import type { Hyperparameter } from '../hyperparameter.js';
import { maxDepth } from './trees.js';

export const randomForest: readonly Hyperparameter[] = [
  {
    name: 'epochs',
    type: 'integer',
    minimum: 1,
    maximum: 10_000,
    default: 100,
    unit: 'trees',
    description: 'Trees in the forest; each counts as one epoch.',
    aliases: ['nEstimators', 'numTrees', 'trees', 'nTrees'],
  },
  maxDepth(16),
  {
    name: 'minSamplesSplit',
    type: 'integer',
    minimum: 2,
    maximum: 1_000_000,
    default: 2,
    unit: 'rows',
    description: 'Fewest rows that a node needs to be split.',
  },
  {
    name: 'minSamplesLeaf',
    type: 'integer',
    minimum: 1,
    maximum: 1_000_000,
    default: 1,
    unit: 'rows',
    description: 'Fewest rows in a leaf; more of them smooth the predictions.',
  },
  {
    name: 'maxFeatures',
    type: 'enum',
    values: ['sqrt', 'log2', 'all'],
    default: 'sqrt',
    description: 'How many features a split may choose from.',
  },
  {
    name: 'bootstrap',
    type: 'boolean',
    default: true,
    description: 'Whether each tree sees its own sample of the rows, drawn with replacement.',
  },
];
