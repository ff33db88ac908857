import { finishOf, startOf } from './finish.js';
import { JobPhase, JobStatus } from './job-state.js';

const at = (ms: number) => new Date(1_000_000 + ms);
const job = {
  status: JobStatus.Running,
  phase: JobPhase.Training,
  estimatedTimeRemaining: 5_000,
  reportedAt: at(0),
  nextAttemptAt: null,
};

describe('when a job is expected to complete', () => {
  it('is so long after its last report', () => {
    expect(finishOf(job, null, at(100))).toEqual(at(5_000));
  });

  it('is never before now', () => {
    expect(finishOf(job, null, at(9_000))).toEqual(at(9_000));
  });

  it('comes after its wait for a worker', () => {
    const waiting = { ...job, phase: JobPhase.Recovering };
    expect(finishOf(waiting, { ahead: 1, estimatedStartAt: at(20_000) }, at(0))).toEqual(at(25_000));
    expect(finishOf(waiting, { ahead: 1, estimatedStartAt: null }, at(0))).toBeNull();
    expect(finishOf(waiting, null, at(0))).toBeNull();
  });

  it('is counted from now while a run that had waited is being started', () => {
    const starting = { ...job, phase: JobPhase.Starting };
    expect(finishOf(starting, null, at(3_600_000))).toEqual(at(3_605_000));
  });

  it('comes after the pause between two attempts', () => {
    const between = { ...job, phase: JobPhase.RetryWait, nextAttemptAt: at(60_000) };
    expect(startOf(between, null, at(0))).toEqual(at(60_000));
    expect(finishOf(between, null, at(0))).toEqual(at(65_000));
    expect(startOf(between, null, at(60_000))).toBeNull();
    expect(startOf(between, { ahead: 0, estimatedStartAt: at(70_000) }, at(60_000))).toEqual(at(70_000));
    expect(startOf({ ...between, phase: JobPhase.Paused }, null, at(0))).toBeNull();
  });

  it.each([
    ['before the first epoch', { estimatedTimeRemaining: null, reportedAt: null }],
    ['while it is paused', { phase: JobPhase.Paused }],
    ['while it is being paused', { phase: JobPhase.Pausing }],
    ['while it is stopping', { phase: JobPhase.Stopping }],
    ['once it has ended', { status: JobStatus.Completed, phase: JobPhase.Done, estimatedTimeRemaining: 0 }],
  ])('is not known %s', (_, changes) => {
    expect(finishOf({ ...job, ...changes }, null, at(0))).toBeNull();
  });
});
