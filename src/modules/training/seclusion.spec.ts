import { EventEmitter, once } from 'node:events';
import { readEnvironment } from '../../config/environment.js';
import { ActiveRuns } from './active-runs.js';
import type { Recorder } from './recorder/recorder.js';
import type { Run } from './run.js';
import { Seclusion } from './seclusion.js';
import type { StopRun } from './stop.js';

describe('Seclusion', () => {
  // Asked for nothing here: a lease is renewed after a third of it, and these tests take less.
  const recorder = {} as Recorder;
  const seclusionOf = (active: ActiveRuns) => new Seclusion(active, recorder, readEnvironment({}));
  const runOf = (id: string) => ({ id, attempt: 3 }) as Run;
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
    const seclusion = seclusionOf(active);
    const neighbours = [neighbour(active, 'job_1'), neighbour(active, 'job_2')];
    expect(await seclusion.begin(runOf('job_3'), intake)).toBe(true);
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

  it('waits for a claim that is under way, and hands back what it brings', async () => {
    const active = new ActiveRuns();
    const seclusion = seclusionOf(active);
    const claims = new EventEmitter();
    const claim = async () => (await once(claims, 'answered')) as [string];
    const trained = seclusion.admission(claim).then(([jobId]) => neighbour(active, jobId));
    const alone = seclusion.begin(runOf('job_2'), intake);
    claims.emit('answered', 'job_1');
    expect(await alone).toBe(true);
    expect(causes).toEqual(['making_room']);
    await trained;
  });

  it('has room for one', async () => {
    const seclusion = seclusionOf(new ActiveRuns());
    await seclusion.begin(runOf('job_1'), intake);
    expect(await seclusion.begin(runOf('job_2'), intake)).toBe(false);
  });

  it('leaves the intake of a process closed that shuts down', async () => {
    const active = new ActiveRuns();
    const seclusion = seclusionOf(active);
    await seclusion.begin(runOf('job_1'), intake);
    await active.stopAll('shutdown');
    seclusion.lift('job_1');
    expect(states).toEqual(['paused']);
  });
});
