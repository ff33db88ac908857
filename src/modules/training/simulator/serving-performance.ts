import { ModelType } from '../../jobs/model-type.js';
import type { Metrics, Performance } from '../../jobs/metrics.js';
import type { TrainingSpec } from '../trainer.js';
import { parameterCount } from './capacity.js';
import { normal, Stream } from './random.js';
import { rounded } from './rounded.js';

/** Milliseconds a request and MiB of a server that holds a model of no size at all. */
const SERVER: Readonly<Record<ModelType, { latency: number; memory: number }>> = {
  [ModelType.LinearRegression]: { latency: 2, memory: 64 },
  [ModelType.RandomForest]: { latency: 8, memory: 96 },
  [ModelType.Xgboost]: { latency: 5, memory: 96 },
  [ModelType.NeuralNetwork]: { latency: 16, memory: 192 },
  [ModelType.Lstm]: { latency: 28, memory: 224 },
  [ModelType.Cnn]: { latency: 32, memory: 256 },
  [ModelType.Transformer]: { latency: 40, memory: 384 },
};

/** Requests that are served side by side. */
const CONCURRENCY = 32;
/** A laptop's pace for two operations a parameter; 10 GFLOP/s. */
const PARAMETERS_PER_MS = 5_000_000;
/** 32-bit weights, and half as much again for activations. */
const BYTES_PER_PARAMETER = 6;

/** Simulated, not measured: base costs of the model's kind plus what its parameters cost, give or take 5 %. */
export function servingPerformance(spec: TrainingSpec, metrics: Metrics): Performance {
  const parameters = parameterCount(spec);
  const { latency: base, memory } = SERVER[spec.modelType];
  const chance = (counter: number) => 1 + 0.05 * normal(spec.seed, Stream.Performance, counter);
  const latency = rounded((base + parameters / PARAMETERS_PER_MS) * chance(0));
  return {
    accuracy: quality(metrics),
    latency,
    // Little's law: requests under way = throughput × latency.
    throughput: rounded((CONCURRENCY * 1000) / latency),
    memoryUsage: rounded(memory * chance(1) + (parameters * BYTES_PER_PARAMETER) / 2 ** 20),
  };
}

function quality({ accuracy, r2Score, silhouetteScore }: Metrics): number {
  return accuracy ?? Math.max(0, r2Score ?? silhouetteScore ?? 0);
}
