import { ActiveRuns } from './active-runs.js';
import { StopRun } from './stop.js';

const untilAborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

describe('ActiveRuns', () => {
  it('stops a run with its cause and forgets it once it has settled', async () => {
    const active = new ActiveRuns();
    let reason: unknown;
    const run = active.during('job_1', async ({ signal }) => {
      await untilAborted(signal);
      reason = signal.reason;
    });
    expect(active.ids()).toEqual(['job_1']);
    active.stop('job_unknown', 'cancelled');
    active.stop('job_1', 'cancelled');
    await run;
    expect(reason).toBeInstanceOf(StopRun);
    expect(reason).toMatchObject({ cause: 'cancelled' });
    expect(active.ids()).toEqual([]);
  });

  it('stops all and waits for each, a failing one included', async () => {
    const active = new ActiveRuns();
    const ended: string[] = [];
    const first = active.during('job_1', async ({ signal }) => {
      await untilAborted(signal);
      ended.push('job_1');
    });
    const second = active.during('job_2', async ({ signal }) => {
      await untilAborted(signal);
      ended.push('job_2');
      throw new Error('broken');
    });
    second.catch(() => {});
    await active.stopAll('shutdown');
    expect(ended).toEqual(['job_1', 'job_2']);
    await first;
    await expect(second).rejects.toThrow('broken');
  });

  it('stops a run that begins while everything is told to stop', async () => {
    const active = new ActiveRuns();
    await active.stopAll('shutdown');
    let reason: unknown;
    await active.during('job_late', async ({ signal }) => {
      reason = signal.reason;
    });
    expect(reason).toMatchObject({ cause: 'shutdown' });
  });

  it('does not forget a later attempt of the same job when the earlier one ends', async () => {
    const active = new ActiveRuns();
    let endFirst = () => {};
    const first = active.during('job_1', () => new Promise<void>((resolve) => (endFirst = resolve)));
    const second = active.during('job_1', ({ signal }) => untilAborted(signal));
    endFirst();
    await first;
    expect(active.ids()).toEqual(['job_1']);
    active.stop('job_1', 'superseded');
    await second;
  });
});
