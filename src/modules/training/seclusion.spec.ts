import { once } from 'node:events';
import { ActiveRuns } from './active-runs.js';
import { Seclusion } from './seclusion.js';
import type { StopRun } from './stop.js';

describe('Seclusion', () => {
  const states: string[] = [];
  const intake = {
    pause: async () => void states.push('paused'),
    resume: async () => void states.push('open'),
  };
  const causes: string[] = [];
  const neighbour = (active: ActiveRuns, jobId: string) =>
    active.during(jobId, async ({ signal }) => {
      if (!signal.aborted) await once(signal, 'abort');
      causes.push((signal.reason as StopRun).cause);
    });
  beforeEach(() => {
    states.length = 0;
    causes.length = 0;
  });

  it('hands back the others, closes the intake, and opens it at the next epoch', async () => {
    const active = new ActiveRuns();
    const seclusion = new Seclusion(active);
    const neighbours = [neighbour(active, 'job_1'), neighbour(active, 'job_2')];
    expect(await seclusion.begin('job_3', intake)).toBe(true);
    await Promise.all(neighbours);
    expect([causes, active.ids(), states, seclusion.occupied]).toEqual([
      ['making_room', 'making_room'],
      [],
      ['paused'],
      true,
    ]);
    seclusion.lift('job_1');
    expect(seclusion.occupied).toBe(true);
    seclusion.lift('job_3');
    expect([seclusion.occupied, states]).toEqual([false, ['paused', 'open']]);
  });

  it('has room for one', async () => {
    const seclusion = new Seclusion(new ActiveRuns());
    await seclusion.begin('job_1', intake);
    expect(await seclusion.begin('job_2', intake)).toBe(false);
  });

  it('leaves the intake of a process closed that shuts down', async () => {
    const active = new ActiveRuns();
    const seclusion = new Seclusion(active);
    await seclusion.begin('job_1', intake);
    await active.stopAll('shutdown');
    seclusion.lift('job_1');
    expect(states).toEqual(['paused']);
  });
});
