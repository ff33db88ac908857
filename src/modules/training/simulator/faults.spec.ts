import { type Fault, FaultKind } from '../../jobs/simulation/simulation.js';
import { runToEnd } from '../trainer.contract.js';
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
    for (const kind of [FaultKind.Diverge, FaultKind.Plateau, FaultKind.Overfit]) {
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
