import { ModelType } from '../../jobs/model-type.js';
import type { TrainingSpec } from '../trainer.js';
import { parameterCount } from './capacity.js';
import { generalisationGap, overfitting } from './generalisation.js';
import type { CurveShape, LearningCurve } from './learning-curve.js';
import { lossFloor } from './loss-floor.js';
import { normal, Stream } from './random.js';
import { clamped, numberOf, textOf } from './settings.js';
import { isTreeModel, type Split, splitOf } from './split.js';
import { taskOf } from './task.js';

/** Progress in which a model type learns most; epochs at full pace, for boosting rounds × shrinkage. */
const TIMESCALES: Readonly<Record<ModelType, { shape: CurveShape; timescale: number }>> = {
  [ModelType.LinearRegression]: { shape: 'geometric', timescale: 24 },
  [ModelType.RandomForest]: { shape: 'ensemble', timescale: 1 },
  [ModelType.NeuralNetwork]: { shape: 'power_law', timescale: 10 },
  [ModelType.Xgboost]: { shape: 'geometric', timescale: 2.5 },
  [ModelType.Transformer]: { shape: 'power_law', timescale: 3 },
  [ModelType.Cnn]: { shape: 'power_law', timescale: 5 },
  [ModelType.Lstm]: { shape: 'power_law', timescale: 6 },
};

/** Steps an epoch of the example in the README: 7,000 training rows in batches of 32. */
const USUAL_STEPS = 219;

/** The curve of a run: what its data, model, settings and seed make of it. */
export function learningCurveOf(spec: TrainingSpec): LearningCurve {
  const split = splitOf(spec);
  const parameters = parameterCount(spec);
  const { shape, timescale } = TIMESCALES[spec.modelType];
  const character = (counter: number, spread: number) => 1 + spread * normal(spec.seed, Stream.Character, counter);
  const floor = lossFloor(spec, split, parameters) * character(0, 0.04);
  const tau = timescale * slowness(spec, split) * character(1, 0.08);
  const gap = generalisationGap(spec, split, parameters) * character(2, 0.08);
  return {
    shape,
    chanceLoss: taskOf(spec.dataset).chanceLoss,
    floor: clamped(floor, 0.01, 0.95),
    timescale: tau,
    exponent: 1.3,
    // Never so wide that validation would get no better at all.
    gap: Math.min(gap, 0.5 * (1 - floor)),
    overfitting: overfitting(spec, split, parameters),
    onset: 2 * tau,
    ...noiseOf(spec, split),
  };
}

/** Fewer steps in an epoch learn less in it; unscaled features and flat activations slow gradients down. */
function slowness(spec: TrainingSpec, split: Split): number {
  if (isTreeModel(spec.modelType)) return 1;
  const steps = clamped(Math.sqrt(USUAL_STEPS / split.steps), 0.4, 2.5);
  const scaled = spec.configuration.preprocessing.normalization ? 1 : 1.4;
  const activation = { sigmoid: 1.6, tanh: 1.15 }[textOf(spec, 'activation')] ?? 1;
  return steps * scaled * activation;
}

/** The gradient's noise falls with the root of the batch (McCandlish et al. 2018); averaging folds does the same. */
function noiseOf(spec: TrainingSpec, split: Split): Pick<LearningCurve, 'noise' | 'validationNoise'> {
  const folds = Math.sqrt(split.folds);
  const perStep = 0.006 * Math.sqrt(32 / numberOf(spec, 'batchSize', 32));
  const gradient = isTreeModel(spec.modelType) ? 0 : clamped(perStep, 0.001, 0.03);
  const sample = clamped(0.1 / Math.sqrt(split.heldOutRows), 0.0005, 0.008);
  return { noise: gradient / folds, validationNoise: Math.hypot(gradient, sample) / folds };
}
