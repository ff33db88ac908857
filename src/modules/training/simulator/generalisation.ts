import { ModelType } from '../../jobs/model-type.js';
import type { TrainingSpec } from '../trainer.js';
import { clamped, numberOf } from './settings.js';
import type { Split } from './split.js';

/** How strongly a model is held back from memorising: 1 not at all, towards 0 very much. */
export function looseness(spec: TrainingSpec): number {
  const { dataAugmentation, preprocessing } = spec.configuration;
  // Srivastava et al. 2014 for dropout; each of the others narrows the gap by its own share.
  return (
    (1 - 0.6 * numberOf(spec, 'dropout')) *
    (1 - 0.2 * Math.min(1, penalty(spec) / 0.01)) *
    (dataAugmentation.enabled ? 0.8 : 1) *
    (preprocessing.featureSelection ? 0.9 : 1) *
    treeLooseness(spec)
  );
}

/** Gap between validation and training loss: shrinks with the root of the rows, grows with the log of the parameters. */
export function generalisationGap(spec: TrainingSpec, split: Split, parameters: number): number {
  return 0.01 + (0.8 * Math.log10(10 + parameters) * looseness(spec)) / Math.sqrt(split.trainingRows);
}

/**
 * How fast validation gets worse once a model begins to memorise: only with more parameters than rows and next to
 * nothing that holds it back, or with very deep boosted trees. Forests do not overfit by more trees (Breiman 2001).
 */
export function overfitting(spec: TrainingSpec, split: Split, parameters: number): number {
  if (spec.modelType === ModelType.Xgboost) {
    const depth = Math.max(0, numberOf(spec, 'maxDepth') - 8) / 4;
    return 0.04 * Math.min(4, depth) * clamped(5 - Math.log10(split.trainingRows), 0, 5) * looseness(spec);
  }
  if (spec.hyperparameters.dropout === undefined) return 0;
  const excess = Math.max(0, Math.log10(parameters / split.trainingRows));
  return 0.06 * excess * Math.max(0, 1 - numberOf(spec, 'dropout') / 0.1) * looseness(spec);
}

/** Too much regularisation keeps a model from fitting at all: added to the floor. */
export function underfitting(spec: TrainingSpec): number {
  return 0.5 * numberOf(spec, 'dropout') ** 4 + 0.3 * clamped(Math.log10(penalty(spec) / 0.05), 0, 1);
}

/** The penalty on the weights, by whatever name the model type has for it. */
function penalty(spec: TrainingSpec): number {
  if (spec.hyperparameters.regularization === 'none') return 0;
  return numberOf(spec, 'weightDecay') + numberOf(spec, 'regularizationStrength');
}

function treeLooseness(spec: TrainingSpec): number {
  if (spec.modelType === ModelType.RandomForest) return 0.5;
  if (spec.modelType !== ModelType.Xgboost) return 1;
  const sampling = 0.7 + 0.3 * numberOf(spec, 'subsample', 1) * numberOf(spec, 'colsampleBytree', 1);
  return 0.7 * sampling * clamped(numberOf(spec, 'maxDepth', 6) / 6, 0.4, 2);
}
