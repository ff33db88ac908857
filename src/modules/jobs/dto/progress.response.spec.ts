import { JobPhase, JobStatus } from '../job-state.js';
import { Job } from '../job.entity.js';
import { ProgressResponse } from './progress.response.js';

const at = new Date('2026-01-15T10:30:00Z');
const progress = (changes: Partial<Job>) =>
  ProgressResponse.from(
    Object.assign(new Job(), {
      id: 'job_1',
      status: JobStatus.Running,
      phase: JobPhase.Training,
      currentEpoch: 44,
      totalEpochs: 100,
      currentBatch: 500,
      totalBatches: 500,
      loss: 0.25,
      validationLoss: 0.28,
      accuracy: null,
      learningRate: 0.001,
      estimatedTimeRemaining: 0,
      reportedAt: at,
      updatedAt: at,
      ...changes,
    }),
  );

describe('the progress of a job', () => {
  it('is what its row says, without what has no value', () => {
    expect(JSON.parse(JSON.stringify(progress({})))).toEqual({
      jobId: 'job_1',
      currentEpoch: 44,
      totalEpochs: 100,
      currentBatch: 500,
      totalBatches: 500,
      loss: 0.25,
      validationLoss: 0.28,
      learningRate: 0.001,
      estimatedTimeRemaining: 0,
      estimatedFinishAt: expect.any(String),
      status: 'training',
      timestamp: '2026-01-15T10:30:00.000Z',
    });
  });

  it('shows the epoch under way while its batches pass', () => {
    expect(progress({ currentBatch: 250 }).currentEpoch).toBe(45);
    expect(progress({ currentBatch: 0 }).currentEpoch).toBe(44);
    expect(progress({ currentBatch: 250, currentEpoch: 100 }).currentEpoch).toBe(100);
  });

  it('ends with the final status, and begins with the time of the last change', () => {
    expect(progress({ status: JobStatus.Failed, phase: JobPhase.Done }).status).toBe('failed');
    const updatedAt = new Date('2026-01-01T00:00:00Z');
    const created = progress({ status: JobStatus.Pending, phase: JobPhase.Created, reportedAt: null, updatedAt });
    expect(created).toMatchObject({ status: 'created', timestamp: updatedAt });
  });
});
