import { ModelType } from '../../jobs/model-type.js';
import { runToEnd } from '../trainer.contract.js';
import { rateRange } from './learning-rate-range.js';
import { scheduledRate } from './learning-rate-schedule.js';
import { exampleSpec, fastSimulator } from './simulator.arbitrary.js';

const rates = (hyperparameters: Record<string, unknown>) =>
  Array.from({ length: 9 }, (_, i) =>
    scheduledRate(exampleSpec({ hyperparameters: { epochs: 9, learningRate: 1, ...hyperparameters } }), i + 1),
  );

describe('schedules', () => {
  test('constant', () => expect(rates({})).toEqual(Array.from({ length: 9 }, () => 1)));

  test('warm-up climbs linearly to the full rate', () =>
    expect(rates({ warmupEpochs: 4 }).slice(0, 5)).toEqual([0.25, 0.5, 0.75, 1, 1]));

  test('step takes a tenth after each third', () => {
    const stepped = rates({ learningRateSchedule: 'step' });
    [0, 3, 6].forEach((epoch, i) => expect(stepped[epoch]).toBeCloseTo(0.1 ** i, 12));
  });

  test.each(['exponential', 'cosine'])('%s falls all the way and never to 0', (learningRateSchedule) => {
    const falling = rates({ learningRateSchedule });
    expect(falling[0]).toBe(1);
    expect(falling).toEqual(falling.toSorted((a, b) => b - a));
    expect(falling[8]).toBeGreaterThan(0);
    expect(falling[8]).toBeLessThan(0.05);
  });

  test('a warm-up longer than the run is no error', () => expect(rates({ warmupEpochs: 100 })[8]).toBe(0.09));

  test('a forest has the rate 1', () =>
    expect(scheduledRate(exampleSpec({ modelType: ModelType.RandomForest }), 3)).toBe(1));
});

const lossAfter = async (learningRate: number) =>
  (await runToEnd(fastSimulator(), exampleSpec({ hyperparameters: { learningRate } }))).model.metrics.loss;

describe('the best range', () => {
  test('every default lies in it', () => {
    for (const modelType of Object.values(ModelType)) {
      const spec = exampleSpec({ modelType });
      const range = rateRange(spec);
      if (!range) continue;
      const rate = spec.hyperparameters.learningRate as number;
      expect(rate).toBeGreaterThanOrEqual(range.low);
      expect(rate).toBeLessThanOrEqual(range.high);
    }
  });

  test('below it learning slows, above it gets rough, far above it diverges', async () => {
    const [tiny, small, good, rough, absurd] = await Promise.all([1e-7, 1e-5, 1e-3, 3e-2, 1].map(lossAfter));
    expect(tiny).toBeGreaterThan(small!);
    expect(small).toBeGreaterThan(2 * good!);
    expect(rough).toBeGreaterThan(1.2 * good!);
    expect(absurd).toBeGreaterThan(1000);
  });
});
