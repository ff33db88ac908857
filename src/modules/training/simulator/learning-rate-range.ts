import { ModelType } from '../../jobs/model-type.js';
import type { TrainingSpec } from '../trainer.js';
import { clamped, numberOf, textOf } from './settings.js';

/** Where a learning rate works: best from `low` to `high`, rough up to `limit`, divergent beyond. */
export interface RateRange {
  low: number;
  high: number;
  limit: number;
}

/** Orders of magnitude that practice has settled on (Bengio 2012, "Practical recommendations", §3; Smith 2015). */
const RANGES: Readonly<Record<string, RateRange>> = {
  adam: { low: 2e-4, high: 5e-3, limit: 0.05 },
  adamw: { low: 2e-4, high: 5e-3, limit: 0.05 },
  rmsprop: { low: 2e-4, high: 5e-3, limit: 0.05 },
  adagrad: { low: 2e-3, high: 0.1, limit: 1 },
  sgd: { low: 5e-3, high: 0.5, limit: 5 },
};

/** Attention wants smaller steps than anything else (Xiong et al. 2020). */
const ATTENTION_SCALE = 0.2;

/** Null for trees, which descend no gradient. */
export function rateRange(spec: TrainingSpec): RateRange | null {
  if (spec.modelType === ModelType.RandomForest || spec.modelType === ModelType.Xgboost) return null;
  const { low, high, limit } = RANGES[textOf(spec, 'optimizer', 'sgd')] ?? RANGES.adam!;
  const scale = spec.modelType === ModelType.Transformer ? ATTENTION_SCALE : 1;
  return { low: low * scale, high: high * scale, limit: limit * scale };
}

/** Momentum multiplies the length of sgd's steps by 1 / (1 − momentum) (Goh 2017). */
export function effectiveRate(spec: TrainingSpec, rate: number): number {
  return spec.hyperparameters.optimizer === 'sgd' ? rate / (1 - numberOf(spec, 'momentum')) : rate;
}

/** Progress an epoch makes, 1 being that of a good rate: proportional below the best range, falling above it. */
export function pace(rate: number, range: RateRange): number {
  return rate < range.low ? rate / range.low : 1 - 0.8 * roughness(rate, range);
}

/** 0 up to the best range's end, 1 from the limit on, linear in the logarithm between them. */
export function roughness(rate: number, { high, limit }: RateRange): number {
  return clamped(Math.log(rate / high) / Math.log(limit / high), 0, 1);
}

/** By how much the logarithm of the loss grows in an epoch beyond the limit; 0 below it. */
export function explosion(rate: number, { limit }: RateRange): number {
  return 0.25 * Math.max(0, Math.log(rate / limit));
}
