import { DatasetType } from '../../datasets/dataset-type.js';
import { incompatibility } from '../../jobs/hyperparameters/compatibility.js';
import { ValidationStrategy } from '../../jobs/configuration/training-configuration.js';
import { ModelType } from '../../jobs/model-type.js';
import { FaultKind } from '../../jobs/simulation/simulation.js';
import { describeTrainerContract, runToEnd } from '../trainer.contract.js';
import type { TrainingSpec } from '../trainer.js';
import { exampleSpec, fastSimulator } from './simulator.arbitrary.js';

const HOUR = 3_600_000;
const epochs = (count: number) => ({ hyperparameters: { epochs: count } });

const pairs = Object.values(ModelType).flatMap((modelType) =>
  Object.values(DatasetType)
    .filter((type) => incompatibility(type, modelType) === null)
    .map((type) => ({ modelType, type })),
);

describeTrainerContract('SimulatorTrainer', () => fastSimulator(), {
  runs: {
    ...Object.fromEntries(
      pairs.map(({ modelType, type }): [string, TrainingSpec] => [
        `${modelType} on ${type}`,
        exampleSpec({ modelType, dataset: { type }, ...epochs(12) }),
      ]),
    ),
    'with early stopping': exampleSpec({
      ...epochs(30),
      configuration: { earlyStopping: { patience: 3, minDelta: 0.02 } },
      simulation: { epochMs: 0, faults: [{ kind: FaultKind.Plateau, atEpoch: 8 }] },
    }),
    'with folds, schedule and warm-up': exampleSpec({
      configuration: { validationStrategy: ValidationStrategy.StratifiedKFold },
      hyperparameters: { epochs: 20, learningRateSchedule: 'cosine', warmupEpochs: 3, optimizer: 'sgd' },
    }),
    'with a learning rate that diverges': exampleSpec({ hyperparameters: { epochs: 20, learningRate: 10 } }),
    'with faults that bend the curve': exampleSpec({
      ...epochs(15),
      simulation: {
        epochMs: 0,
        faults: [
          { kind: FaultKind.Overfit, atEpoch: 3 },
          { kind: FaultKind.AccuracyDrop, atEpoch: 6 },
          { kind: FaultKind.Diverge, atEpoch: 9 },
        ],
      },
    }),
  },
  longEpoch: exampleSpec({ simulation: { epochMs: HOUR } }),
  stalled: exampleSpec({ simulation: { epochMs: 0, faults: [{ kind: FaultKind.Stall, atEpoch: 3 }] } }),
});

describe('SimulatorTrainer.plan', () => {
  test('counts epochs and batches, and takes the default time', () => {
    const trainer = fastSimulator({ epochMs: 100 });
    expect(trainer.plan(exampleSpec({ simulation: {} }))).toMatchObject({
      totalEpochs: 100,
      totalBatches: Math.ceil(7000 / 32),
      epochMs: 100,
    });
    expect(trainer.plan(exampleSpec({ simulation: { epochMs: 7 } })).epochMs).toBe(7);
  });

  test('trains once a fold', () => {
    const spec = exampleSpec({ simulation: {}, configuration: { validationStrategy: ValidationStrategy.KFold } });
    expect(fastSimulator({ epochMs: 100 }).plan(spec)).toMatchObject({
      totalBatches: 5 * Math.ceil((9000 * 0.8) / 32),
      epochMs: 500,
    });
  });

  test('counts a tree as one batch', () => {
    expect(fastSimulator().plan(exampleSpec({ modelType: ModelType.RandomForest })).totalBatches).toBe(1);
  });

  test('has the last word on hyperparameters and pairs of types', () => {
    const spec = { ...exampleSpec(), hyperparameters: { epochs: 0 } };
    expect(() => fastSimulator().plan(spec)).toThrow(expect.objectContaining({ code: 'invalid_hyperparameters' }));
    const pair = exampleSpec({ modelType: ModelType.Cnn, dataset: { type: DatasetType.Clustering } });
    expect(() => fastSimulator().plan(pair)).toThrow(expect.objectContaining({ code: 'incompatible_model_type' }));
  });

  test('refuses faults that harm the process where they are not allowed', () => {
    const spec = exampleSpec({ simulation: { faults: [{ kind: FaultKind.Crash, atEpoch: 1 }] } });
    expect(() => fastSimulator({ processFaults: false }).plan(spec)).toThrow(
      expect.objectContaining({ code: 'fault_not_allowed' }),
    );
  });
});

describe('SimulatorTrainer.train', () => {
  test('gives the example the result people expect of it', async () => {
    for (const seed of [1, 42, 4_294_967_295]) {
      const { epochs: reported, model } = await runToEnd(fastSimulator(), exampleSpec({ seed }));
      const { accuracy, loss, validationLoss, confusionMatrix } = model.metrics;
      expect(accuracy).toBeGreaterThan(0.88);
      expect(accuracy).toBeLessThan(0.95);
      expect(loss).toBeGreaterThan(0.12);
      expect(loss).toBeLessThan(0.3);
      expect(validationLoss).toBeGreaterThan(loss);
      expect(confusionMatrix!.flat().reduce((a, b) => a + b)).toBe(1000);
      expect(reported.at(-1)).toMatchObject({ accuracy, loss, validationLoss, learningRate: 0.001 });
    }
  });

  test('gives other seeds other curves', async () => {
    const [one, two] = await Promise.all([1, 2].map((seed) => runToEnd(fastSimulator(), exampleSpec({ seed }))));
    expect(one!.model.metrics.loss).not.toBe(two!.model.metrics.loss);
  });

  test.each(pairs)('is healthy by default: $modelType on $type', async ({ modelType, type }) => {
    for (const size of [200, 10_000, 1_000_000]) {
      const { epochs: reported } = await runToEnd(fastSimulator(), exampleSpec({ modelType, dataset: { type, size } }));
      const mean = (name: 'loss' | 'validationLoss', from: number) => {
        const part = reported.slice(Math.floor(reported.length * from), Math.floor(reported.length * (from + 0.25)));
        return part.reduce((sum, report) => sum + report[name], 0) / part.length;
      };
      for (const name of ['loss', 'validationLoss'] as const) {
        const quarters = [0, 0.25, 0.5, 0.75].map((from) => mean(name, from));
        expect(quarters).toEqual(quarters.toSorted((a, b) => b - a));
      }
      const lowest = Math.min(...reported.map(({ validationLoss }) => validationLoss));
      expect(reported.at(-1)!.validationLoss).toBeLessThan(1.05 * lowest);
    }
  });

  test('keeps the best epoch with early stopping', async () => {
    const spec = exampleSpec({
      configuration: { earlyStopping: { patience: 4, minDelta: 0 } },
      simulation: { epochMs: 0, faults: [{ kind: FaultKind.Overfit, atEpoch: 20 }] },
    });
    const { epochs: reported, model, plan } = await runToEnd(fastSimulator(), spec);
    expect(reported.length).toBeLessThan(plan.totalEpochs);
    const best = reported.at(-5)!;
    expect(best.validationLoss).toBe(Math.min(...reported.map(({ validationLoss }) => validationLoss)));
    expect(model.metrics).toMatchObject({
      accuracy: best.accuracy,
      validationLoss: best.validationLoss,
      epochs: reported.length,
    });
  });

  test('says where it is inside long epochs', async () => {
    const stop = new AbortController();
    const trainer = fastSimulator();
    const plan = trainer.plan(exampleSpec({ simulation: { epochMs: 1001 }, ...epochs(1) }));
    const training = trainer.train(plan, null, stop.signal);
    expect((await training.next()).value).toEqual({
      kind: 'batch',
      epoch: 1,
      batch: Math.floor(plan.totalBatches / 2),
    });
    stop.abort();
    await expect(training.next()).rejects.toBe(stop.signal.reason);
  });

  test('leaves the event loop alive without waits', async () => {
    const stop = new AbortController();
    const reason = new Error('asked to stop');
    setTimeout(() => stop.abort(reason), 1);
    await expect(runToEnd(fastSimulator(), exampleSpec(epochs(100_000)), null, stop.signal)).rejects.toBe(reason);
  });

  test('stops while it evaluates', async () => {
    const stop = new AbortController();
    const trainer = fastSimulator();
    const spec = exampleSpec(epochs(1));
    const { checkpoint } = (await runToEnd(trainer, spec)).epochs[0]!;
    const plan = trainer.plan({ ...spec, simulation: { epochMs: HOUR } });
    const training = trainer.train(plan, checkpoint, stop.signal);
    expect((await training.next()).value).toEqual({ kind: 'phase', phase: 'evaluating' });
    const next = training.next();
    stop.abort();
    await expect(next).rejects.toBe(stop.signal.reason);
  });

  test('refuses a checkpoint that is not its own', async () => {
    await expect(runToEnd(fastSimulator(), exampleSpec(), { weights: 'elsewhere' })).rejects.toMatchObject({
      code: 'unusable_checkpoint',
    });
  });
});
