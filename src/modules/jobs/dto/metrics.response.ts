import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { FeatureImportance, Metrics } from '../metrics.js';

const FRACTION = { minimum: 0, maximum: 1 };

export class FeatureImportanceResponse implements FeatureImportance {
  @ApiProperty({ description: 'Name of the feature.', example: 'income' })
  feature: string;

  @ApiProperty({ description: 'Its share of the total; all shares add up to 1.', ...FRACTION, example: 0.41 })
  importance: number;
}

/** Final measurements: those that belong to the type of the dataset and of the model. */
export class MetricsResponse implements Metrics {
  @ApiPropertyOptional({ description: 'Fraction of held-out rows that were classified rightly.', ...FRACTION })
  accuracy?: number;

  @ApiPropertyOptional({ description: 'Fraction, the mean over the classes.', ...FRACTION })
  precision?: number;

  @ApiPropertyOptional({ description: 'Fraction, the mean over the classes.', ...FRACTION })
  recall?: number;

  @ApiPropertyOptional({
    description: 'Harmonic mean of precision and recall; the mean over the classes.',
    ...FRACTION,
  })
  f1Score?: number;

  @ApiPropertyOptional({ description: 'Mean absolute error, in units of the target.', minimum: 0 })
  mae?: number;

  @ApiPropertyOptional({ description: 'Mean squared error.', minimum: 0 })
  mse?: number;

  @ApiPropertyOptional({ description: 'Root of the mean squared error, in units of the target.', minimum: 0 })
  rmse?: number;

  @ApiPropertyOptional({ description: 'R², the share of the variance that is explained.', maximum: 1 })
  r2Score?: number;

  @ApiPropertyOptional({ description: 'How well clusters are apart.', minimum: -1, maximum: 1 })
  silhouetteScore?: number;

  @ApiProperty({ description: 'Training loss of the epoch that was kept.' })
  loss: number;

  @ApiProperty({ description: 'Validation loss of the epoch that was kept.' })
  validationLoss: number;

  @ApiProperty({
    description: 'Epochs run (tree models: rounds or trees); fewer than planned after early stopping.',
    type: 'integer',
  })
  epochs: number;

  @ApiPropertyOptional({ description: 'As the run began.' })
  learningRate?: number;

  @ApiPropertyOptional({ description: 'Rows in a batch.', type: 'integer' })
  batchSize?: number;

  @ApiPropertyOptional({
    description: 'Counts of held-out rows: a row for each true class, a column for each predicted one.',
    type: 'array',
    items: { type: 'array', items: { type: 'integer' } },
  })
  confusionMatrix?: number[][];

  @ApiPropertyOptional({
    description: 'Names of the classes in the order of the matrix; only of datasets that were uploaded.',
    type: [String],
    example: ['setosa', 'versicolor', 'virginica'],
  })
  classes?: string[];

  @ApiPropertyOptional({
    description: 'What the model looks at, the most important first.',
    type: () => [FeatureImportanceResponse],
  })
  featureImportance?: FeatureImportanceResponse[];

  /** Names each field: the database keeps metrics without their order. */
  static from(this: void, metrics: Metrics): MetricsResponse {
    return {
      accuracy: metrics.accuracy,
      precision: metrics.precision,
      recall: metrics.recall,
      f1Score: metrics.f1Score,
      mae: metrics.mae,
      mse: metrics.mse,
      rmse: metrics.rmse,
      r2Score: metrics.r2Score,
      silhouetteScore: metrics.silhouetteScore,
      loss: metrics.loss,
      validationLoss: metrics.validationLoss,
      epochs: metrics.epochs,
      learningRate: metrics.learningRate,
      batchSize: metrics.batchSize,
      confusionMatrix: metrics.confusionMatrix,
      classes: metrics.classes,
      featureImportance: metrics.featureImportance,
    };
  }
}
