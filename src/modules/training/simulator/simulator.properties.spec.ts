import fc from 'fast-check';
import { DatasetType } from '../../datasets/dataset-type.js';
import type { PartialConfiguration } from '../../jobs/configuration/resolve-configuration.js';
import { ValidationStrategy } from '../../jobs/configuration/training-configuration.js';
import { incompatibility } from '../../jobs/hyperparameters/compatibility.js';
import { validHyperparameters } from '../../jobs/hyperparameters/hyperparameters.arbitrary.js';
import { ModelType } from '../../jobs/model-type.js';
import { FaultKind } from '../../jobs/simulation/simulation.js';
import { expectCoherentMetrics } from '../metrics.contract.js';
import { expectSameModel, runToEnd } from '../trainer.contract.js';
import type { TrainingSpec } from '../trainer.js';
import { exampleSpec, fastSimulator } from './simulator.arbitrary.js';

const pair = fc
  .record({
    modelType: fc.constantFrom(...Object.values(ModelType)),
    type: fc.constantFrom(...Object.values(DatasetType)),
  })
  .filter(({ type, modelType }) => incompatibility(type, modelType) === null);

const configuration: fc.Arbitrary<PartialConfiguration> = fc.record(
  {
    validationStrategy: fc.constantFrom(...Object.values(ValidationStrategy)),
    validationSplit: fc.double({ min: 0, minExcluded: true, max: 0.5, noNaN: true }),
    testSplit: fc.double({ min: 0, max: 0.49, noNaN: true }),
    earlyStopping: fc.record({
      enabled: fc.boolean(),
      patience: fc.integer({ min: 1, max: 8 }),
      minDelta: fc.double({ min: 0, max: 0.1, noNaN: true }),
    }),
    preprocessing: fc.record({ normalization: fc.boolean(), featureSelection: fc.boolean() }),
    dataAugmentation: fc.record({ enabled: fc.boolean(), techniques: fc.constant(['noise']) }),
  },
  { requiredKeys: [] },
);

const curveFault = fc.record({
  kind: fc.constantFrom(FaultKind.Diverge, FaultKind.Plateau, FaultKind.Overfit, FaultKind.AccuracyDrop),
  atEpoch: fc.integer({ min: 1, max: 30 }),
});

/** Any run that the API would accept, however absurd. */
const anySpec: fc.Arbitrary<TrainingSpec> = pair.chain(({ modelType, type }) =>
  fc
    .record({
      seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      size: fc.oneof(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 10_000_000 }), fc.maxSafeNat()),
      features: fc.array(fc.string(), { maxLength: 20 }),
      hyperparameters: validHyperparameters(modelType, { epochs: 30 }),
      configuration,
      faults: fc.array(curveFault, { maxLength: 3 }),
    })
    .map(({ size, features, faults, ...rest }) =>
      exampleSpec({ ...rest, modelType, dataset: { type, size, features }, simulation: { epochMs: 0, faults } }),
    ),
);

test('any valid run reports finite, coherent numbers', async () => {
  await fc.assert(
    fc.asyncProperty(anySpec, async (spec) => {
      const { epochs, model } = await runToEnd(fastSimulator(), spec);
      for (const { loss, validationLoss, accuracy, learningRate } of epochs) {
        // The range of a 4-byte float, which is what a database may keep them in.
        expect([loss, validationLoss, learningRate].every((value) => value > 1.2e-38 && value < 3.4e38)).toBe(true);
        expect(accuracy === undefined).toBe(model.metrics.accuracy === undefined);
        expect((accuracy ?? 0) >= 0 && (accuracy ?? 1) <= 1).toBe(true);
      }
      expectCoherentMetrics(spec, model);
      const best = epochs.find(({ validationLoss }) => validationLoss === model.metrics.validationLoss);
      const kept = spec.configuration.earlyStopping.enabled ? best : epochs.at(-1);
      expect(model.metrics.accuracy).toBe(kept!.accuracy);
    }),
    { numRuns: 200 },
  );
}, 30_000);

test('any run, cut anywhere, goes on as if it had not been', async () => {
  await fc.assert(
    fc.asyncProperty(anySpec, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), async (spec, share) => {
      const whole = await runToEnd(fastSimulator(), spec);
      const cut = Math.floor(share * whole.epochs.length);
      const checkpoint = JSON.parse(JSON.stringify(whole.epochs[cut]!.checkpoint));
      const resumed = await runToEnd(fastSimulator(), { ...spec, attempt: 2 }, checkpoint);
      expect(resumed.epochs).toEqual(whole.epochs.slice(cut + 1));
      expectSameModel(resumed.model, whole.model);
    }),
    { numRuns: 100 },
  );
}, 30_000);
