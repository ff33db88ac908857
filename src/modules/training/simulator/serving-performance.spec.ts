import { ModelType } from '../../jobs/model-type.js';
import { servingPerformance } from './serving-performance.js';
import { exampleSpec } from './simulator.arbitrary.js';

const metrics = { loss: 0.2, validationLoss: 0.2, epochs: 1 };
const wide = { hiddenLayers: [8192, 8192] };

test('latency times throughput is what is served at once', () => {
  for (const modelType of Object.values(ModelType)) {
    const { latency, throughput } = servingPerformance(exampleSpec({ modelType }), metrics);
    expect((latency * throughput) / 1000).toBeCloseTo(32, 2);
  }
});

test('larger models are slower and need more memory', () => {
  const small = servingPerformance(exampleSpec(), metrics);
  const large = servingPerformance(exampleSpec({ hyperparameters: wide }), metrics);
  expect(large.latency).toBeGreaterThan(small.latency);
  expect(large.memoryUsage).toBeGreaterThan(small.memoryUsage);
});

const accuracy = (given: object) => servingPerformance(exampleSpec(), { ...metrics, ...given }).accuracy;

test('its accuracy is the measure that the metrics have, never below 0', () => {
  expect(accuracy({ accuracy: 0.9 })).toBe(0.9);
  expect(accuracy({ r2Score: 0.7 })).toBe(0.7);
  expect(accuracy({ r2Score: -12 })).toBe(0);
  expect(accuracy({ silhouetteScore: -0.3 })).toBe(0);
});
