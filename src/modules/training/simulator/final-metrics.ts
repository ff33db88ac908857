import { DatasetType } from '../../datasets/dataset-type.js';
import type { Metrics } from '../../jobs/metrics.js';
import type { TrainingSpec } from '../trainer.js';
import { classificationMetrics } from './classification-metrics.js';
import { silhouetteScore } from './clustering-metrics.js';
import { confusionMatrix } from './confusion-matrix.js';
import { featureImportance } from './feature-importance.js';
import { regressionMetrics } from './regression-metrics.js';
import { rounded } from './rounded.js';
import type { Measurement } from './run-state.js';
import { splitOf } from './split.js';
import { taskOf } from './task.js';

/** Classes of the largest confusion matrix that is reported. */
const MOST_CLASSES_SHOWN = 200;

/** What a run reports in the end: the measurements of the epoch it keeps, and what belongs to the dataset's type. */
export function finalMetrics(spec: TrainingSpec, measured: Measurement, epochs: number): Metrics {
  const { learningRate, batchSize } = spec.hyperparameters;
  const importance = featureImportance(spec);
  return {
    ...measurementsOf(spec, measured),
    loss: measured.loss,
    validationLoss: measured.validationLoss,
    epochs,
    ...(typeof learningRate === 'number' && { learningRate }),
    ...(typeof batchSize === 'number' && { batchSize }),
    ...(importance.length > 0 && { featureImportance: importance }),
  };
}

function measurementsOf(spec: TrainingSpec, { validationLoss, accuracy = 0 }: Measurement): Partial<Metrics> {
  switch (spec.dataset.type) {
    case DatasetType.Regression:
      return allRounded(regressionMetrics(validationLoss));
    case DatasetType.Clustering:
      return { silhouetteScore: rounded(silhouetteScore(validationLoss / taskOf(spec.dataset).chanceLoss)) };
    default: {
      const { heldOutRows } = splitOf(spec);
      const matrix = confusionMatrix(spec, heldOutRows, Math.round(accuracy * heldOutRows));
      const measures = allRounded(classificationMetrics(matrix));
      // Its size is the square of the classes: nobody reads one of hundreds, and every list would carry it.
      if (matrix.length > MOST_CLASSES_SHOWN) return measures;
      const names = spec.dataset.classes?.map(({ value }) => value);
      return { ...measures, confusionMatrix: matrix, ...(names && { classes: names }) };
    }
  }
}

function allRounded<Measures extends object>(measures: Measures): Measures {
  return Object.fromEntries(Object.entries(measures).map(([name, value]) => [name, rounded(value)])) as Measures;
}
