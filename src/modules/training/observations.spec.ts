import type { Pool } from 'pg';
import type { RunWatches } from './alerting/run-watches.js';
import type { SeriesRow } from './observations.statements.js';
import { Observations } from './observations.js';
import type { Run } from './run.js';
import type { TrainingPlan } from './trainer.js';

const EPOCH_MS = 1_000;
/** What follows the last epoch, by a plan that expects epochs to take longer than they do. */
const PLAN_MS = 5_000;
const TAIL_MS = 2 * 250;

const epochs = (from: number, to: number, attempt: number, since = 0): SeriesRow[] =>
  Array.from({ length: to - from + 1 }, (_, index) => ({
    ...{ epoch: from + index, attempt, loss: 1, validationLoss: 1, accuracy: null, learningRate: 0.1 },
    at: since + (index + 1) * EPOCH_MS,
  }));

/** Begins to observe an attempt after these epochs; `asked`: after which epoch each page was read. */
async function begun(past: readonly SeriesRow[], earlyStopping = { enabled: false, patience: 5, minDelta: 0 }) {
  const asked: number[] = [];
  const pool = {
    query: async (_: string, [, after, most]: [string, number, number]) => {
      asked.push(after);
      return { rows: past.filter(({ epoch }) => epoch > after).slice(0, most) };
    },
  } as unknown as Pool;
  const observations = new Observations(pool, { of: async () => null } as unknown as RunWatches);
  const currentEpoch = past.at(-1)?.epoch ?? 0;
  const spec = { configuration: { earlyStopping } };
  const plan = { totalEpochs: currentEpoch + 80, epochMs: PLAN_MS, spec } as TrainingPlan;
  const run = { id: 'job_1', currentEpoch, configuration: { earlyStopping } } as Run;
  const { timeLeft } = await observations.begin(run, plan);
  return { asked, estimate: timeLeft.withinEpoch() };
}

describe('Observations', () => {
  beforeEach(() => void jest.spyOn(performance, 'now').mockReturnValue(0));
  afterEach(() => jest.restoreAllMocks());

  it('asks for nothing and knows nothing before the first epoch of a job', async () => {
    expect(await begun([])).toEqual({ asked: [], estimate: null });
  });

  it('takes the pace of a later attempt from the epochs before it, and not from the plan', async () => {
    const { estimate } = await begun(epochs(1, 20, 1));
    expect(estimate!.estimated).toBe(80 * EPOCH_MS + TAIL_MS);
  });

  it('counts neither what lies between two attempts nor what lies around a missing epoch', async () => {
    const hour = 3_600_000;
    const past = [...epochs(1, 10, 1), ...epochs(11, 20, 2, hour), ...epochs(22, 30, 2, 2 * hour)];
    const { estimate } = await begun(past);
    expect(estimate!.estimated).toBe(80 * EPOCH_MS + TAIL_MS);
  });

  it('reads the last epochs alone where nothing needs more of them', async () => {
    expect((await begun(epochs(1, 2_500, 1))).asked).toEqual([2_450]);
  });

  it('reads all of them, in pages, where early stopping counts from the best', async () => {
    const past = epochs(1, 2_500, 1);
    past[0]!.validationLoss = 0.5;
    const { asked, estimate } = await begun(past, { enabled: true, patience: 2_502, minDelta: 0 });
    expect(asked).toEqual([0, 1_000, 2_000]);
    // 2,499 epochs were none better: three are left at least, where there would be all 80 without the first.
    expect(estimate!.low).toBeLessThanOrEqual(3 * EPOCH_MS + TAIL_MS);
    expect(estimate!.estimated).toBe(80 * EPOCH_MS + TAIL_MS);
  });
});
