import { DatasetType } from '../../datasets/dataset-type.js';
import { ModelType } from '../../jobs/model-type.js';
import type { TrainingSpec } from '../trainer.js';
import { underfitting } from './generalisation.js';
import { clamped, numberOf } from './settings.js';
import { isTreeModel, type Split } from './split.js';
import { taskOf } from './task.js';

/** What a kind of model misses on a kind of data, however large it is; a made-up number where 0 is a perfect match. */
const BIAS: Readonly<Record<ModelType, Readonly<Partial<Record<DatasetType, number>>>>> = {
  [ModelType.LinearRegression]: { classification: 0.01, regression: 0.03, nlp: 0.03 },
  [ModelType.RandomForest]: { classification: 0.02, regression: 0.02, clustering: 0.06, nlp: 0.09 },
  [ModelType.NeuralNetwork]: {
    classification: 0,
    regression: 0.02,
    clustering: 0.02,
    nlp: 0.07,
    computer_vision: 0.16,
  },
  [ModelType.Xgboost]: { classification: 0, regression: 0, nlp: 0.07 },
  [ModelType.Transformer]: { classification: 0.03, regression: 0.04, nlp: 0, computer_vision: 0.02 },
  [ModelType.Cnn]: { classification: 0.04, regression: 0.05, nlp: 0.03, computer_vision: 0 },
  [ModelType.Lstm]: { classification: 0.04, regression: 0.03, nlp: 0.02 },
};

/**
 * Training loss that a run approaches, as a share of the chance loss: E + A·N^−α + B·D^−β with N parameters and D
 * training rows (Hoffmann et al. 2022, §3.3; Hestness et al. 2017 for the range of β), plus what the model's kind
 * and its settings add. Between 0.01 and 0.95.
 */
export function lossFloor(spec: TrainingSpec, split: Split, parameters: number): number {
  const capacity = isTreeModel(spec.modelType) ? shallowness(spec) : Math.min(0.2, 0.25 * parameters ** -0.25);
  const data = 0.6 * split.trainingRows ** -0.35;
  const bias = BIAS[spec.modelType][spec.dataset.type] ?? 0;
  return clamped(taskOf(spec.dataset).irreducible + capacity + data + bias + underfitting(spec), 0.01, 0.95);
}

/** Trees are limited by their depth, by leaves that may not get small, and boosting by too little shrinkage. */
function shallowness(spec: TrainingSpec): number {
  const depth = 0.15 / numberOf(spec, 'maxDepth', 6);
  const leafShare = clamped(numberOf(spec, 'minSamplesLeaf', 1) / Math.max(1, spec.dataset.size), 0, 1);
  const shrinkage = spec.modelType === ModelType.Xgboost ? 0.08 * numberOf(spec, 'learningRate') ** 2 : 0;
  // Friedman 2001, §5: the smaller the shrinkage, the better the final model.
  const penalties = clamped(0.02 * Math.log10(1 + numberOf(spec, 'gamma') + numberOf(spec, 'regAlpha')), 0, 0.1);
  return depth + 0.6 * leafShare ** 0.7 + shrinkage + penalties;
}
