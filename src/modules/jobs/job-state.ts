export enum JobStatus {
  Pending = 'pending',
  Running = 'running',
  Completed = 'completed',
  Failed = 'failed',
  Cancelled = 'cancelled',
}

/** Which statuses may follow which. `running → running` is no change: a run keeps its status whatever befalls workers. */
export const JOB_TRANSITIONS: Readonly<Record<JobStatus, readonly JobStatus[]>> = {
  [JobStatus.Pending]: [JobStatus.Running, JobStatus.Cancelled, JobStatus.Failed],
  [JobStatus.Running]: [JobStatus.Completed, JobStatus.Failed, JobStatus.Cancelled],
  [JobStatus.Completed]: [],
  [JobStatus.Failed]: [],
  [JobStatus.Cancelled]: [],
};

/** Tells more than the status; an open list, to which later versions may add. */
export enum JobPhase {
  /** Not started yet; may still be changed. */
  Created = 'created',
  /** Started; goes to the queue once its dataset is ready. */
  WaitingForDataset = 'waiting_for_dataset',
  Queued = 'queued',
  /** Claimed by a worker, no epoch reported yet in this attempt. */
  Starting = 'starting',
  Training = 'training',
  Evaluating = 'evaluating',
  Measuring = 'measuring',
  Saving = 'saving',
  /** Its worker is gone; the next one continues after the last persisted epoch. */
  Recovering = 'recovering',
  /** An attempt failed in a way that may pass; the next one begins at `nextAttemptAt`. */
  RetryWait = 'retry_wait',
  /** A pause was asked for and the worker has yet to stop. */
  Pausing = 'pausing',
  Paused = 'paused',
  /** A cancel was asked for and the worker has yet to stop. */
  Stopping = 'stopping',
  Done = 'done',
}

export const ENDED: readonly JobStatus[] = [JobStatus.Completed, JobStatus.Failed, JobStatus.Cancelled];

export function hasEnded(status: JobStatus): boolean {
  return ENDED.includes(status);
}
