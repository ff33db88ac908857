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

type TimedJob = Pick<Job, 'status' | 'phase' | 'estimatedTimeRemaining' | 'reportedAt' | 'nextAttemptAt'>;

/**
 * When a worker is expected to take a job that waits for one; null where that is not known. Between two attempts it has
 * no place in the queue: it starts when its pause is over, at the earliest.
 */
export function startOf(
  { phase, nextAttemptAt }: Pick<TimedJob, 'phase' | 'nextAttemptAt'>,
  place: QueuePlace | null,
  now = new Date(),
): Date | null {
  if (place) return place.estimatedStartAt;
  return phase === JobPhase.RetryWait && nextAttemptAt && nextAttemptAt > now ? nextAttemptAt : null;
}

/** When a job is expected to complete, and never before now; null where that is not known. */
export function finishOf(job: TimedJob, place: QueuePlace | null, now = new Date()): Date | null {
  const { status, phase, estimatedTimeRemaining: left } = job;
  if (left === null || hasEnded(status) || HELD.includes(phase)) return null;
  const begins = beginOf(job, place, now);
  return begins ? new Date(Math.max(now.getTime(), begins.getTime() + left)) : null;
}

/** From when on the time left is counted. A run that has just been claimed was last reported on before it waited. */
function beginOf(job: TimedJob, place: QueuePlace | null, now: Date): Date | null {
  if (WAITING.includes(job.phase)) return startOf(job, place, now);
  return job.phase === JobPhase.Starting ? now : job.reportedAt;
}
