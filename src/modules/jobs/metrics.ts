export interface FeatureImportance {
  feature: string;
  /** Share of the total, 0–1; the shares of a model add up to 1. */
  importance: number;
}

/** Final measurements of a run: those that belong to the dataset's type and the model's. */
export interface Metrics {
  /** Fractions, 0–1. */
  accuracy?: number;
  precision?: number;
  recall?: number;
  f1Score?: number;
  /** Errors in units of the target; `rmse = √mse`. */
  mae?: number;
  mse?: number;
  rmse?: number;
  /** At most 1. */
  r2Score?: number;
  /** −1 to 1. */
  silhouetteScore?: number;
  loss: number;
  validationLoss: number;
  /** Epochs run: fewer than planned after early stopping. */
  epochs: number;
  learningRate?: number;
  batchSize?: number;
  /** Rows are true classes, columns predicted ones; counts of held-out rows. */
  confusionMatrix?: number[][];
  /** Names of the classes in the order of the matrix; only of datasets that were looked into. */
  classes?: string[];
  featureImportance?: FeatureImportance[];
}

/** Those that grow with the classes and the features, up to megabytes: read only where they are shown. */
const LARGE = ['confusionMatrix', 'classes', 'featureImportance'] as const satisfies (keyof Metrics)[];

/** Metrics without what grows with the data. */
export type Measures = Omit<Metrics, (typeof LARGE)[number]>;

/** SQL for the measures of the metrics (jsonb) that the given SQL stands for. */
export function measuresOf(metrics: string): string {
  return `(${metrics} - '{${LARGE.join()}}'::text[])`;
}

/** How a trained model performs when it serves. */
export interface Performance {
  /** Fraction, 0–1: max(0, R²) for regression, the silhouette for clustering. */
  accuracy: number;
  /** Milliseconds a request. */
  latency: number;
  /** Requests a second. */
  throughput: number;
  /** MiB. */
  memoryUsage: number;
}

/** Which way each measurement of a model is better. */
export const BETTER = {
  accuracy: 'higher',
  precision: 'higher',
  recall: 'higher',
  f1Score: 'higher',
  mae: 'lower',
  mse: 'lower',
  rmse: 'lower',
  r2Score: 'higher',
  silhouetteScore: 'higher',
  loss: 'lower',
  validationLoss: 'lower',
} as const satisfies Partial<Record<keyof Metrics, 'higher' | 'lower'>>;

/** A measurement that models can be judged by. */
export type MeasuredName = keyof typeof BETTER;

export const MEASURED_NAMES = Object.keys(BETTER) as readonly MeasuredName[];
