import { ModelType } from '../../jobs/model-type.js';
import type { TrainingSpec } from '../trainer.js';
import { numberOf } from './settings.js';

/** How the rows are used. Every count is at least 1, however small the dataset. */
export interface Split {
  /** Times that the model is trained in one epoch: the folds, or 1. */
  folds: number;
  trainingRows: number;
  /** Rows the final metrics are counted on: the test rows, or without any the rows that are validated with. */
  heldOutRows: number;
  /** Gradient steps of one fold in an epoch; a tree counts as one. */
  steps: number;
}

export function splitOf(spec: TrainingSpec): Split {
  const { validationSplit, testSplit, crossValidationFolds: folds = 1 } = spec.configuration;
  const rows = atLeastOne(spec.dataset.size);
  const testRows = Math.round(rows * testSplit);
  // With folds every row that is no test row is validated with once.
  const validationRows = folds > 1 ? rows - testRows : Math.round(rows * validationSplit);
  const trainingRows = atLeastOne(folds > 1 ? (rows - testRows) * (1 - 1 / folds) : rows - testRows - validationRows);
  return {
    folds,
    trainingRows,
    heldOutRows: atLeastOne(testRows > 0 ? testRows : validationRows),
    steps: isTreeModel(spec.modelType) ? 1 : Math.ceil(trainingRows / numberOf(spec, 'batchSize', 32)),
  };
}

export function isTreeModel(modelType: ModelType): boolean {
  return modelType === ModelType.RandomForest || modelType === ModelType.Xgboost;
}

function atLeastOne(rows: number): number {
  return Math.max(1, Math.floor(rows));
}
