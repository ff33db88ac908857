import { hasEnded, JOB_TRANSITIONS, JobStatus } from './job-state.js';

describe('the states of a job', () => {
  it('are these, and no others', () => {
    expect(JOB_TRANSITIONS).toEqual({
      pending: ['running', 'cancelled', 'failed'],
      running: ['completed', 'failed', 'cancelled'],
      completed: [],
      failed: [],
      cancelled: [],
    });
  });

  it('have ended where nothing follows', () => {
    for (const status of Object.values(JobStatus)) expect(hasEnded(status)).toBe(JOB_TRANSITIONS[status].length === 0);
  });
});
