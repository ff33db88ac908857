import { DatasetType } from '../../datasets/dataset-type.js';
import { type Fault, FaultKind } from '../../jobs/simulation/simulation.js';
import { expectCoherentMetrics } from '../metrics.contract.js';
import { expectSameModel, runToEnd } from '../trainer.contract.js';
import type { TrainingReport } from '../trainer.js';
import { LOSS_CEILING } from './learner.js';
import { processHarm } from './process-harm.js';
import { exampleSpec, fastSimulator } from './simulator.arbitrary.js';

const withFaults = (...faults: Fault[]) =>
  exampleSpec({ hyperparameters: { epochs: 60 }, simulation: { epochMs: 0, faults } });

async function curve(...faults: Fault[]) {
  return (await runToEnd(fastSimulator(), withFaults(...faults))).epochs;
}

describe('faults that bend the curve', () => {
  test('leave what came before them alone', async () => {
    const undisturbed = await curve();
    for (const kind of [FaultKind.Diverge, FaultKind.Plateau, FaultKind.Overfit, FaultKind.AccuracyDrop]) {
      const bent = await curve({ kind, atEpoch: 20 });
      expect(bent.slice(0, 19)).toEqual(undisturbed.slice(0, 19));
      expect(bent[19]).not.toEqual(undisturbed[19]);
    }
  });

  test('diverge: both losses explode, and stay finite', async () => {
    const reported = await curve({ kind: FaultKind.Diverge, atEpoch: 20 });
    expect(reported[29]!.loss).toBeGreaterThan(10 * reported[18]!.loss);
    expect(reported.at(-1)!.validationLoss).toBeLessThanOrEqual(LOSS_CEILING);
    expect(reported.at(-1)!.loss).toBeGreaterThan(1000);
    expect(reported.at(-1)!.accuracy).toBeCloseTo(1 / 3, 2);
  });

  test('plateau: no more progress', async () => {
    const reported = await curve({ kind: FaultKind.Plateau, atEpoch: 10 });
    for (const { loss } of reported.slice(9)) expect(Math.abs(loss / reported[8]!.loss - 1)).toBeLessThan(0.05);
  });

  test('overfit: validation gets worse while training goes on', async () => {
    const reported = await curve({ kind: FaultKind.Overfit, atEpoch: 20 });
    expect(reported[39]!.validationLoss).toBeGreaterThan(1.2 * reported[18]!.validationLoss);
    expect(reported[39]!.loss).toBeLessThan(reported[18]!.loss);
  });

  test('accuracy_drop: the losses go on as they did, and the final metrics tell of the drop', async () => {
    const undisturbed = await curve();
    const spec = withFaults({ kind: FaultKind.AccuracyDrop, atEpoch: 20 });
    const { epochs, model } = await runToEnd(fastSimulator(), spec);
    const losses = (reports: typeof epochs) => reports.map(({ loss, validationLoss }) => [loss, validationLoss]);
    expect(losses(epochs)).toEqual(losses(undisturbed));
    for (const [index, { accuracy }] of epochs.entries()) {
      expect(accuracy).toBeCloseTo((index < 19 ? 1 : 0.6) * undisturbed[index]!.accuracy!, 2);
    }
    expect(model.metrics.accuracy).toBe(epochs.at(-1)!.accuracy);
    expectCoherentMetrics(spec, model);
  });

  test('accuracy_drop has nothing to act on where there are no classes', async () => {
    const dataset = { type: DatasetType.Regression };
    const spec = {
      ...withFaults({ kind: FaultKind.AccuracyDrop, atEpoch: 20 }),
      dataset: exampleSpec({ dataset }).dataset,
    };
    const { model } = await runToEnd(fastSimulator(), spec);
    expectSameModel(model, (await runToEnd(fastSimulator(), { ...spec, simulation: { epochMs: 0 } })).model);
  });
});

describe('slow_epochs', () => {
  test('changes nothing of what is learnt', async () => {
    const slow = await runToEnd(fastSimulator(), withFaults({ kind: FaultKind.SlowEpochs, atEpoch: 20 }));
    const undisturbed = await runToEnd(fastSimulator(), withFaults());
    expect(slow.epochs).toEqual(undisturbed.epochs);
    expectSameModel(slow.model, undisturbed.model);
  });

  test('makes an epoch as long as ten, so long that it says where it is', async () => {
    const firstOf = async (...faults: Fault[]) => {
      const spec = { ...withFaults(...faults), simulation: { epochMs: 101, faults } };
      const trainer = fastSimulator();
      const training = trainer.train(trainer.plan(spec), null, new AbortController().signal);
      const { value } = await training.next();
      return (value as TrainingReport).kind;
    };
    expect(await firstOf({ kind: FaultKind.SlowEpochs, atEpoch: 1 })).toBe('batch');
    expect(await firstOf({ kind: FaultKind.SlowEpochs, atEpoch: 2 })).toBe('epoch');
  });
});

describe('faults that end a run', () => {
  test('fail throws, in as many attempts as asked for', async () => {
    const spec = withFaults({ kind: FaultKind.Fail, atEpoch: 5, attempts: 2 });
    for (const attempt of [1, 2]) {
      await expect(runToEnd(fastSimulator(), { ...spec, attempt })).rejects.toMatchObject({
        code: 'simulated_failure',
      });
    }
    const recovered = await runToEnd(fastSimulator(), { ...spec, attempt: 3 });
    expect(recovered.epochs).toHaveLength(60);
    expect(recovered.model).toEqual((await runToEnd(fastSimulator(), withFaults())).model);
  });

  test.each([
    [FaultKind.Crash, 'crash'],
    [FaultKind.OutOfMemory, 'outOfMemory'],
  ] as const)('%s ends the process before its epoch is reported, and nothing follows', async (kind, harmed) => {
    const harm = { crash: jest.fn(), outOfMemory: jest.fn() };
    const struck = new Promise<void>((resolve) => harm[harmed].mockImplementation(resolve));
    const stop = new AbortController();
    const trainer = fastSimulator({ harm });
    const training = trainer.train(trainer.plan(withFaults({ kind, atEpoch: 3 })), null, stop.signal);
    const reports: TrainingReport[] = [];
    const ended = (async () => {
      for await (const report of training) reports.push(report);
    })();
    await struck;
    stop.abort();
    await expect(ended).rejects.toBe(stop.signal.reason);
    expect(reports.map((report) => report.kind === 'epoch' && report.epoch)).toEqual([1, 2]);
    expect(harm.crash.mock.calls.length + harm.outOfMemory.mock.calls.length).toBe(1);
  });

  test('spare the attempt that recovers', async () => {
    const harm = { crash: jest.fn(), outOfMemory: jest.fn() };
    const spec = { ...withFaults({ kind: FaultKind.Crash, atEpoch: 3 }), attempt: 2 };
    expect((await runToEnd(fastSimulator({ harm }), spec)).epochs).toHaveLength(60);
    expect(harm.crash).not.toHaveBeenCalled();
  });

  test('kill the process for real', () => {
    const kill = jest.spyOn(process, 'kill').mockReturnValue(true);
    const exit = jest.spyOn(process, 'exit').mockReturnValue(undefined as never);
    try {
      processHarm.crash();
      expect(kill).toHaveBeenCalledWith(process.pid, 'SIGKILL');
      processHarm.outOfMemory();
      expect(exit).toHaveBeenCalledWith(137);
    } finally {
      jest.restoreAllMocks();
    }
  });
});
