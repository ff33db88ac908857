import { hasEnded, JobPhase } from './job-state.js';
import type { Job } from './job.entity.js';
import type { QueuePlace } from './queue/queue-place.service.js';

const WAITING: readonly JobPhase[] = [
  JobPhase.Queued,
  JobPhase.WaitingForDataset,
  JobPhase.Recovering,
  JobPhase.RetryWait,
];
/** Somebody holds it, or ends it: nobody can tell when it goes on. */
const HELD: readonly JobPhase[] = [JobPhase.Pausing, JobPhase.Paused, JobPhase.Stopping];

type TimedJob = Pick<Job, 'status' | 'phase' | 'estimatedTimeRemaining' | 'reportedAt'>;

/** When a job is expected to complete, and never before now; null where that is not known. */
export function finishOf(job: TimedJob, place: QueuePlace | null, now = new Date()): Date | null {
  const { status, phase, estimatedTimeRemaining: left, reportedAt } = job;
  if (left === null || hasEnded(status) || HELD.includes(phase)) return null;
  const begins = WAITING.includes(phase) ? place?.estimatedStartAt : reportedAt;
  return begins ? new Date(Math.max(now.getTime(), begins.getTime() + left)) : null;
}
