import { expectCoherentMetrics } from './metrics.contract.js';
import type {
  Checkpoint,
  EpochReport,
  TrainedModel,
  Trainer,
  TrainingPlan,
  TrainingReport,
  TrainingSpec,
} from './trainer.js';

export interface ContractSpecs {
  /** Short runs, one a test group: a few dozen epochs at most, as fast as the engine can. */
  runs: Readonly<Record<string, TrainingSpec>>;
  /** A run whose first epoch takes so long that only an abort ends the test in time. */
  longEpoch: TrainingSpec;
  /** A run that hangs without reporting anything, for engines that can be told to. */
  stalled?: TrainingSpec;
}

export interface FinishedRun {
  plan: TrainingPlan;
  reports: TrainingReport[];
  epochs: EpochReport[];
  model: TrainedModel;
}

/** Runs to the end and keeps everything. */
export async function runToEnd(
  trainer: Trainer,
  spec: TrainingSpec,
  from: Checkpoint | null = null,
  signal: AbortSignal = new AbortController().signal,
): Promise<FinishedRun> {
  const plan = trainer.plan(spec);
  const training = trainer.train(plan, from, signal);
  const reports: TrainingReport[] = [];
  for (;;) {
    const { done, value } = await training.next();
    if (done) return { plan, reports, epochs: reports.filter((report) => report.kind === 'epoch'), model: value };
    reports.push(value);
  }
}

/** Byte for byte; jest's own comparison of byte arrays is slow. */
export function expectSameModel(actual: TrainedModel, expected: TrainedModel): void {
  expect(actual.metrics).toEqual(expected.metrics);
  expect(actual.performance).toEqual(expected.performance);
  expect(textOf(actual)).toBe(textOf(expected));
}

function textOf({ artefact }: TrainedModel): string {
  return Buffer.from(artefact).toString('latin1');
}

/** What the platform relies on in every engine. Waits on events alone: an engine that hangs runs into jest's limit. */
export function describeTrainerContract(name: string, createTrainer: () => Trainer, specs: ContractSpecs): void {
  describe(`${name} keeps the trainer contract`, () => {
    describe.each(Object.entries(specs.runs))('%s', (_run, spec) => {
      let whole: FinishedRun;
      beforeAll(async () => {
        whole = await runToEnd(createTrainer(), spec);
      });

      test('plans positive whole numbers', () => {
        const { totalEpochs, totalBatches, epochMs } = whole.plan;
        expect(Number.isSafeInteger(totalEpochs) && totalEpochs > 0).toBe(true);
        expect(Number.isSafeInteger(totalBatches) && totalBatches > 0).toBe(true);
        expect(epochMs).toBeGreaterThanOrEqual(0);
      });

      test('reports epochs 1 to N, then evaluates and measures', () => {
        const { epochs, plan, reports, model } = whole;
        expect(epochs.map((report) => report.epoch)).toEqual(epochs.map((_, index) => index + 1));
        expect(epochs.length).toBeGreaterThan(0);
        expect(epochs.length).toBeLessThanOrEqual(plan.totalEpochs);
        expect(model.metrics.epochs).toBe(epochs.length);
        expect(reports.slice(-2)).toEqual([
          { kind: 'phase', phase: 'evaluating' },
          { kind: 'phase', phase: 'measuring' },
        ]);
      });

      test('reports finite measurements and small JSON checkpoints', () => {
        for (const { loss, validationLoss, learningRate, accuracy = 0, checkpoint } of whole.epochs) {
          expect([loss, validationLoss, learningRate, accuracy].every(Number.isFinite)).toBe(true);
          expect(accuracy).toBeGreaterThanOrEqual(0);
          expect(accuracy).toBeLessThanOrEqual(1);
          expect(JSON.parse(JSON.stringify(checkpoint))).toEqual(checkpoint);
          expect(JSON.stringify(checkpoint).length).toBeLessThan(10_000);
        }
      });

      test('returns coherent metrics', () => {
        expectCoherentMetrics(spec, whole.model);
        expect(whole.model.artefact.byteLength).toBeGreaterThan(0);
      });

      test('is deterministic', async () => {
        const { reports, model } = await runToEnd(createTrainer(), spec);
        expect(reports).toEqual(whole.reports);
        expectSameModel(model, whole.model);
      });

      test('learns the same in a later attempt', async () => {
        const later = await runToEnd(createTrainer(), { ...spec, attempt: spec.attempt + 1 });
        expect(later.epochs).toEqual(whole.epochs);
        expectSameModel(later.model, whole.model);
      });

      test('resumes after every epoch with the identical continuation and artefact', async () => {
        for (const { epoch, checkpoint } of whole.epochs) {
          const resumed = await runToEnd(
            createTrainer(),
            JSON.parse(JSON.stringify({ ...spec, attempt: spec.attempt + 1 })),
            JSON.parse(JSON.stringify(checkpoint)),
          );
          expect(resumed.epochs).toEqual(whole.epochs.slice(epoch));
          expectSameModel(resumed.model, whole.model);
        }
      });

      test('yields no epoch from the final checkpoint', async () => {
        const again = await runToEnd(createTrainer(), spec, whole.epochs.at(-1)!.checkpoint);
        expect(again.epochs).toEqual([]);
        expectSameModel(again.model, whole.model);
      });

      test('stops between epochs when aborted', async () => {
        const trainer = createTrainer();
        const stop = new AbortController();
        const training = trainer.train(trainer.plan(spec), null, stop.signal);
        await training.next();
        const reason = new Error('asked to stop');
        stop.abort(reason);
        await expect(training.next()).rejects.toBe(reason);
        expect(await training.next()).toEqual({ done: true, value: undefined });
      });

      test('reports nothing when aborted before it begins', async () => {
        const trainer = createTrainer();
        const reason = new Error('asked to stop');
        await expect(trainer.train(trainer.plan(spec), null, AbortSignal.abort(reason)).next()).rejects.toBe(reason);
      });
    });

    test('stops within a long epoch when aborted', async () => {
      await expectAbortable(createTrainer(), specs.longEpoch);
    });

    const { stalled } = specs;
    if (stalled) {
      test('stops when aborted while it hangs', async () => {
        await expectAbortable(createTrainer(), stalled);
      });
    }
  });
}

/** Aborts while a report is being waited for; the event loop must still be alive for that, and nothing may follow. */
async function expectAbortable(trainer: Trainer, spec: TrainingSpec): Promise<void> {
  const stop = new AbortController();
  const reason = new Error('asked to stop');
  const late: TrainingReport[] = [];
  const ended = (async () => {
    for await (const report of trainer.train(trainer.plan(spec), null, stop.signal)) {
      if (stop.signal.aborted) late.push(report);
    }
  })();
  setImmediate(() => stop.abort(reason));
  await expect(ended).rejects.toBe(reason);
  expect(late).toEqual([]);
}
