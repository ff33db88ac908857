import type { FeatureImportance } from '../../jobs/metrics.js';
import { seedOf } from '../../jobs/simulation/seed-of.js';
import type { TrainingSpec } from '../trainer.js';
import { apportion } from './apportion.js';
import { Stream, uniform } from './random.js';

/** Importances are whole millionths, so that they add up to 1 however many features there are. */
const PARTS = 1_000_000;

/** Most important first. Mostly a matter of the feature's name and the target, a little of the run's seed. */
export function featureImportance({ dataset, seed }: TrainingSpec): FeatureImportance[] {
  if (dataset.features.length === 0) return [];
  const weights = dataset.features.map((feature, index) => {
    const relevance = uniform(seedOf(`${dataset.targetColumn ?? ''}\n${feature}`), Stream.FeatureImportance, 0);
    // Exponential weights make even shares of a whole as likely as uneven ones (a flat Dirichlet distribution).
    return -Math.log(relevance) * (0.85 + 0.3 * uniform(seed, Stream.FeatureImportance, index));
  });
  return apportion(PARTS, weights)
    .map((part, index) => ({ feature: dataset.features[index]!, importance: part / PARTS }))
    .sort((a, b) => b.importance - a.importance);
}
