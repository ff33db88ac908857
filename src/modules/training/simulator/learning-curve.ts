import { clamped } from './settings.js';

/**
 * How the reducible loss shrinks with progress `p` (epochs at full pace, trees, or rounds × shrinkage):
 * - power_law: (1 + p/τ)^−α, the saturating form `pow4` of Domhan, Springenberg & Hutter 2015; that losses follow
 *   power laws in training time and data: Hestness et al. 2017, Kaplan et al. 2020.
 * - geometric: e^−p/τ, gradient descent on a strongly convex loss (Boyd & Vandenberghe 2004, §9.3) and boosting.
 * - ensemble: ν / p, the variance of an average of p trees (Hastie et al. 2009, eq. 15.1).
 */
export type CurveShape = 'power_law' | 'geometric' | 'ensemble';

/** A curve without its noise. Losses are shares of `chanceLoss`. */
export interface LearningCurve {
  shape: CurveShape;
  chanceLoss: number;
  /** Training loss that is approached. */
  floor: number;
  /** τ, in units of progress. */
  timescale: number;
  /** α. */
  exponent: number;
  /** How far the validation loss lies above the training loss in the end. */
  gap: number;
  /** By how much the validation loss rises with each e-fold of progress past `onset`. */
  overfitting: number;
  onset: number;
  /** Relative standard deviation of the training and the validation loss from one epoch to the next. */
  noise: number;
  validationNoise: number;
}

/** ν: what one tree alone has too much. */
const SINGLE_TREE_VARIANCE = 0.7;

/** Share of the reducible loss that is left, 0–1. */
export function remaining(curve: LearningCurve, progress: number): number {
  switch (curve.shape) {
    case 'power_law':
      return (1 + progress / curve.timescale) ** -curve.exponent;
    case 'geometric':
      return Math.exp(-progress / curve.timescale);
  }
  // An ensemble.
  return SINGLE_TREE_VARIANCE / Math.max(1, progress);
}

/** Training and validation loss after so much progress, as shares of the chance loss. */
export function lossAt(curve: LearningCurve, progress: number): { training: number; validation: number } {
  const left = remaining(curve, progress);
  const training = curve.floor + (1 - curve.floor) * left;
  const overfit = curve.overfitting * Math.log(Math.max(1, (1 + progress) / (1 + curve.onset)));
  return { training, validation: clamped(training + curve.gap * (1 - left) + overfit, 0, 3) };
}
