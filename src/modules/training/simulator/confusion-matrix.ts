import { seedOf } from '../../jobs/simulation/seed-of.js';
import type { TrainingSpec } from '../trainer.js';
import { apportion, apportionWithin } from './apportion.js';
import { Stream, uniform } from './random.js';
import { taskOf } from './task.js';

/**
 * Counts of held-out rows by true class (rows) and predicted class (columns); `correct` of `heldOutRows` lie on the
 * diagonal. How common a class is belongs to the dataset; how hard it is and what it is taken for, to the run.
 */
export function confusionMatrix(spec: TrainingSpec, heldOutRows: number, correct: number): number[][] {
  const { classes } = taskOf(spec.dataset);
  const indices = Array.from({ length: classes }, (_, index) => index);
  const chance = (counter: number) => 0.5 + uniform(spec.seed, Stream.ConfusionMatrix, counter);
  const sizes = apportion(
    heldOutRows,
    indices.map((index) => commonness(spec, index)),
  );
  const difficulty = indices.map((index) => sizes[index]! * chance(index));
  const errors = apportionWithin(heldOutRows - correct, difficulty, sizes);
  return indices.map((truth) => {
    const mistaken = indices.map((guess) => (guess === truth ? 0 : chance(classes * (truth + 1) + guess)));
    const row = apportion(errors[truth]!, mistaken);
    row[truth] = sizes[truth]! - errors[truth]!;
    return row;
  });
}

/** As it was counted; else classes differ in size by up to a factor of two, equally in every run on the dataset. */
function commonness({ dataset }: TrainingSpec, index: number): number {
  const counted = dataset.classes?.[index]?.share;
  if (counted !== undefined) return counted;
  return (
    1 + uniform(seedOf([...dataset.features, dataset.targetColumn ?? ''].join('\n')), Stream.ConfusionMatrix, index)
  );
}
