import { runToEnd } from '../trainer.contract.js';
import { featureImportance } from './feature-importance.js';
import { exampleSpec, fastSimulator } from './simulator.arbitrary.js';

test.each([1, 2, 7, 1000])('%i importances add up to 1, largest first', (count) => {
  const features = Array.from({ length: count }, (_, index) => `feature_${index}`);
  const shares = featureImportance(exampleSpec({ dataset: { features } })).map(({ importance }) => importance);
  expect(shares.reduce((a, b) => a + b)).toBeCloseTo(1, 9);
  expect(shares).toEqual(shares.toSorted((a, b) => b - a));
});

test('belong to the features more than to the run', () => {
  const [one, two] = [1, 2].map((seed) => featureImportance(exampleSpec({ seed })));
  expect(one).not.toEqual(two);
  for (const { feature, importance } of one!) {
    expect(two!.find((other) => other.feature === feature)!.importance).toBeCloseTo(importance, 0);
  }
});

test('are left out where a dataset has no features', async () => {
  const { model } = await runToEnd(fastSimulator(), exampleSpec({ dataset: { features: [] } }));
  expect(model.metrics).not.toHaveProperty('featureImportance');
});
