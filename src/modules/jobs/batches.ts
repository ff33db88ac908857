import type { TrainingConfiguration } from './configuration/training-configuration.js';

/** The column is an integer; no screen shows a larger count. */
const MOST_BATCHES = 2_147_483_647;

type Splits = Pick<TrainingConfiguration, 'validationSplit' | 'testSplit' | 'crossValidationFolds'>;

/**
 * Batches in one epoch: those of the rows that are trained on, for each fold. Models that do not learn in batches have
 * one for each fold, and so have datasets whose rows are not counted yet.
 */
export function batchesOfEpoch(size: number | null, splits: Splits, batchSize: unknown): number {
  const { validationSplit, testSplit, crossValidationFolds: folds = 1 } = splits;
  if (typeof batchSize !== 'number' || size === null) return folds;
  const testRows = Math.round(size * testSplit);
  const trainingRows =
    folds > 1 ? (size - testRows) * (1 - 1 / folds) : size - testRows - Math.round(size * validationSplit);
  const batches = Math.ceil(Math.max(1, Math.floor(trainingRows)) / batchSize) * folds;
  return Math.min(batches, MOST_BATCHES);
}
