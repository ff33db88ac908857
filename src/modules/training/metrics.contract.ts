import { DatasetType } from '../datasets/dataset-type.js';
import type { Metrics } from '../jobs/metrics.js';
import type { TrainedModel, TrainingSpec } from './trainer.js';

/** What engines may round away: measurements have at least five significant digits. */
const ROUNDING = 1e-5;

const CLASSIFICATION = ['accuracy', 'precision', 'recall', 'f1Score', 'confusionMatrix'] as const;
const BELONGING: Readonly<Record<DatasetType, readonly (keyof Metrics)[]>> = {
  [DatasetType.Classification]: CLASSIFICATION,
  [DatasetType.Nlp]: CLASSIFICATION,
  [DatasetType.ComputerVision]: CLASSIFICATION,
  [DatasetType.Regression]: ['mae', 'mse', 'rmse', 'r2Score'],
  [DatasetType.Clustering]: ['silhouetteScore'],
};

/** A dataset gets the metrics that belong to its type and no others, and they agree with each other. */
export function expectCoherentMetrics(spec: TrainingSpec, { metrics, performance }: TrainedModel): void {
  const belonging = BELONGING[spec.dataset.type];
  const specific = new Set(Object.values(BELONGING).flat());
  expect([...specific].filter((name) => metrics[name] !== undefined).toSorted()).toEqual(belonging.toSorted());
  if (metrics.confusionMatrix) expectMatrixToAgree(metrics, metrics.confusionMatrix);
  if (metrics.mse !== undefined) expectErrorsToAgree(metrics);
  if (metrics.silhouetteScore !== undefined) expectBetween(metrics.silhouetteScore, -1, 1);
  if (metrics.featureImportance) {
    expect(metrics.featureImportance.map(({ feature }) => feature).toSorted()).toEqual(
      spec.dataset.features.toSorted(),
    );
    expectClose(sum(metrics.featureImportance.map(({ importance }) => importance)), 1);
  }
  for (const value of [metrics.loss, metrics.validationLoss, ...Object.values(performance)]) {
    expect(Number.isFinite(value)).toBe(true);
  }
  expectBetween(performance.accuracy, 0, 1);
  expectClose(
    performance.accuracy,
    metrics.accuracy ?? Math.max(0, metrics.r2Score ?? metrics.silhouetteScore ?? Number.NaN),
  );
  expect(Math.min(performance.latency, performance.throughput, performance.memoryUsage)).toBeGreaterThan(0);
}

/** Definitions written out again, so that an engine's own mistake is not taken for its proof. */
function expectMatrixToAgree(metrics: Metrics, matrix: number[][]): void {
  expect(matrix.every((row) => row.length === matrix.length && row.every((n) => Number.isInteger(n) && n >= 0))).toBe(
    true,
  );
  const total = sum(matrix.flat());
  expect(total).toBeGreaterThan(0);
  expectClose(metrics.accuracy!, sum(matrix.map((row, i) => row[i]!)) / total);
  const scores = matrix.flatMap((row, i) => {
    const [actual, predicted] = [sum(row), sum(matrix.map((other) => other[i]!))];
    if (actual + predicted === 0) return [];
    const precision = predicted === 0 ? 0 : row[i]! / predicted;
    const recall = actual === 0 ? 0 : row[i]! / actual;
    return [{ precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) }];
  });
  const mean = (values: number[]) => sum(values) / values.length;
  expectClose(metrics.precision!, mean(scores.map(({ precision }) => precision)));
  expectClose(metrics.recall!, mean(scores.map(({ recall }) => recall)));
  expectClose(metrics.f1Score!, mean(scores.map(({ f1 }) => f1)));
}

function expectErrorsToAgree({ mae, mse, rmse, r2Score }: Metrics): void {
  expectClose(rmse!, Math.sqrt(mse!));
  expect(mae!).toBeLessThanOrEqual(rmse!);
  expect(r2Score!).toBeLessThanOrEqual(1);
}

function expectBetween(value: number, least: number, most: number): void {
  expect(value).toBeGreaterThanOrEqual(least);
  expect(value).toBeLessThanOrEqual(most);
}

function expectClose(actual: number, wanted: number): void {
  expectBetween(
    actual,
    wanted - ROUNDING * Math.max(1, Math.abs(wanted)),
    wanted + ROUNDING * Math.max(1, Math.abs(wanted)),
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
