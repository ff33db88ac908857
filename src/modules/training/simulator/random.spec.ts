import fc from 'fast-check';
import { normal, Stream, uniform } from './random.js';

const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 });

test('uniform lies strictly between 0 and 1, and depends on each argument', () => {
  fc.assert(
    fc.property(seed, fc.nat(), (value, counter) => {
      const drawn = uniform(value, Stream.Character, counter);
      expect(drawn > 0 && drawn < 1).toBe(true);
      expect(uniform(value, Stream.Character, counter)).toBe(drawn);
      expect(uniform(value, Stream.Performance, counter)).not.toBe(drawn);
      expect(uniform(value, Stream.Character, counter + 1)).not.toBe(drawn);
      expect(uniform(value ^ 1, Stream.Character, counter)).not.toBe(drawn);
    }),
  );
});

test('uniform is even and normal is normal', () => {
  const counters = Array.from({ length: 20_000 }, (_, counter) => counter);
  const deciles = Array.from({ length: 10 }, () => 0);
  for (const counter of counters) deciles[Math.floor(10 * uniform(7, Stream.TrainingNoise, counter))]! += 1;
  for (const count of deciles) expect(Math.abs(count - 2000)).toBeLessThan(200);
  const drawn = counters.map((counter) => normal(7, Stream.TrainingNoise, counter));
  expect(Math.abs(mean(drawn))).toBeLessThan(0.03);
  expect(Math.abs(mean(drawn.map((value) => value ** 2)) - 1)).toBeLessThan(0.06);
  expect(Math.max(...drawn.map(Math.abs))).toBeLessThanOrEqual(2.5);
});
