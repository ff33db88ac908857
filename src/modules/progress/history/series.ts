/** What is measured of each epoch. */
export enum Series {
  Loss = 'loss',
  ValidationLoss = 'validationLoss',
  Accuracy = 'accuracy',
  LearningRate = 'learningRate',
}

export const ALL_SERIES: readonly Series[] = Object.values(Series);

/** Whose extremes are kept where nobody says: what a curve is looked at for, and every job has. */
export const THINNED_BY: readonly Series[] = [Series.Loss, Series.ValidationLoss];

export const COLUMN_OF: Readonly<Record<Series, string>> = {
  [Series.Loss]: 'loss',
  [Series.ValidationLoss]: 'validation_loss',
  [Series.Accuracy]: 'accuracy',
  [Series.LearningRate]: 'learning_rate',
};

/** In one order, whatever order they were asked for in. */
export function inOrder(asked: readonly Series[] | undefined): readonly Series[] {
  return asked === undefined ? ALL_SERIES : ALL_SERIES.filter((series) => asked.includes(series));
}
