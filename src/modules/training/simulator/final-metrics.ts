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
      return { silhouetteScore: rounded(silhouetteScore(validationLoss / taskOf(spec.dataset.type).chanceLoss)) };
    default: {
      const { heldOutRows } = splitOf(spec);
      const matrix = confusionMatrix(spec, heldOutRows, Math.round(accuracy * heldOutRows));
      return { ...allRounded(classificationMetrics(matrix)), confusionMatrix: matrix };
    }
  }
}

function allRounded<Measures extends object>(measures: Measures): Measures {
  return Object.fromEntries(Object.entries(measures).map(([name, value]) => [name, rounded(value)])) as Measures;
}
