import { AlertAction } from '../../jobs/alerting/alert-action-kind.js';
import { resolveAlertSettings } from '../../jobs/alerting/alert-settings.js';
import type { Run } from '../run.js';
import type { EpochReport } from '../trainer.js';
import { SeriesWatch } from '../watch/series-watch.js';
import type { AlertWriter, KnownAlert } from './alert-writer.js';
import { RunWatch } from './run-watch.js';

const report = (epoch: number, loss: number): EpochReport => ({
  ...{ kind: 'epoch', epoch, loss, validationLoss: 1.1 * loss, learningRate: 0.001, checkpoint: {} },
});
const healthy = (epoch: number) => 1 / epoch ** 0.5;

/** A watch whose alerts are noted down in place of being stored. */
function watched(given: { run?: Partial<Run>; known?: KnownAlert[]; patienceMs?: number } = {}) {
  const told: string[] = [];
  const writer = {
    raise: async (_: Run, { rule, action, occurrence }: { rule: string; action: string; occurrence: string }) =>
      void told.push(`raise ${rule} ${occurrence} ${action}`),
    resolve: async (_: Run, rules: readonly string[], epoch: number) =>
      void told.push(`resolve ${rules.join()} ${epoch}`),
  } as unknown as AlertWriter;
  const run = { id: 'job_1', attempt: 2, currentEpoch: 0, retryOf: null, ...given.run } as Run;
  const settings = resolveAlertSettings({ divergence: { action: AlertAction.Pause } });
  const series = new SeriesWatch(settings, { epochMs: 0 });
  const watch = new RunWatch(run, series, writer, given.known ?? [], given.patienceMs ?? null);
  const recall = (epochs: number, lossAt: (epoch: number) => number) => {
    for (let epoch = 1; epoch <= epochs; epoch++) watch.recall({ ...report(epoch, lossAt(epoch)), accuracy: null });
    run.currentEpoch = epochs;
  };
  return { watch, told, recall, run };
}

describe('the watch over an attempt', () => {
  afterEach(() => jest.useRealTimers());

  it('raises once what an attempt before it had seen, and not put on record', async () => {
    const exploded = (epoch: number) => (epoch > 20 ? 5 : healthy(epoch));
    const lost = watched();
    lost.recall(23, exploded);
    await lost.watch.takeUp();
    expect(lost.told).toEqual(['raise divergence epoch 23 pause']);
    const recorded = watched({ known: [{ rule: 'divergence', occurrence: 'epoch 23', state: 'firing' }] });
    recorded.recall(23, exploded);
    await recorded.watch.takeUp();
    expect(recorded.told).toEqual([]);
  });

  it('does not act on what lies further back, nor where a person had the run go on', async () => {
    const exploded = (epoch: number) => (epoch > 20 ? 5 : healthy(epoch));
    const older = watched();
    older.recall(25, exploded);
    await older.watch.takeUp();
    const retried = watched({ run: { retryOf: 'job_0' } });
    retried.recall(23, exploded);
    await retried.watch.takeUp();
    expect([older.told, retried.told]).toEqual([
      ['raise divergence epoch 23 notify'],
      ['raise divergence epoch 23 notify'],
    ]);
  });

  it('resolves what befell the attempt before with the first epoch', async () => {
    const known = [{ rule: 'stalled_worker', occurrence: 'attempt 1 epoch 3', state: 'acknowledged' }];
    const { watch, told, recall } = watched({ known });
    recall(3, healthy);
    await watch.takeUp();
    await watch.observe(report(4, healthy(4)));
    await watch.observe(report(5, healthy(5)));
    expect(told).toEqual(['resolve stalled_worker 4']);
  });

  it('does not take for passed what comes back in the first epoch', async () => {
    const known = [{ rule: 'divergence', occurrence: 'epoch 11', state: 'firing' }];
    const { watch, told, recall } = watched({ known });
    recall(10, healthy);
    await watch.takeUp();
    await watch.observe(report(11, NaN));
    expect(told).toEqual(['raise divergence epoch 11 pause']);
  });

  it('takes for a stall what the engine does not say, and not the time of writing it down', async () => {
    jest.useFakeTimers();
    const { watch, told, run } = watched({ patienceMs: 1_000 });
    await watch.takeUp();
    jest.advanceTimersByTime(900);
    watch.heard(report(1, 1));
    jest.advanceTimersByTime(60_000);
    await watch.observe(report(1, 1));
    run.currentEpoch = 1;
    jest.advanceTimersByTime(999);
    expect(told).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(told).toEqual(['raise stalled_worker attempt 2 epoch 1 notify']);
    watch.heard(report(2, 0.9));
    await watch.observe(report(2, 0.9));
    expect(told.at(-1)).toBe('resolve stalled_worker 2');
    watch.heard(report(3, 0.8));
    watch.end();
    jest.advanceTimersByTime(60_000);
    expect(told).toHaveLength(2);
  });
});
