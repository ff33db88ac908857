import type { JobEventResponse } from '../../jobs/dto/job-event.response.js';
import { hasEnded } from '../../jobs/job-state.js';
import { ProgressResponse } from '../../jobs/dto/progress.response.js';
import type { AlertEvent, BatchEvent, DoneEvent, EpochEvent } from './dto/stream-events.response.js';
import type { JobMessage } from './job-stream.service.js';
import type { AlertChangeRow, Epoch, EventRow, JobRow } from './news.js';
import { positionId } from './position.js';
import { HEARTBEAT, serverSentEvent } from './server-sent-event.js';

/** Data as it is sent: the response, its times as texts. */
type Sent<T> = {
  [K in keyof T]: T[K] extends Date ? string : T[K] extends Date | undefined ? string | undefined : T[K];
};

/** A message of a job's stream as it is sent. */
export function jobEventText(jobId: string, message: JobMessage): string {
  switch (message.kind) {
    case 'silence':
      return HEARTBEAT;
    case 'batch':
      return serverSentEvent('batch', batchEvent(jobId, message.job));
    case 'snapshot':
      return serverSentEvent('snapshot', ProgressResponse.from(message.job), positionId(message.position));
    case 'done':
      return serverSentEvent('done', doneEvent(jobId, message.job), positionId(message.position));
    case 'progress':
      return serverSentEvent(
        'progress',
        epochEvent(jobId, message.row as Epoch, message.job),
        positionId(message.position),
      );
    case 'phase':
      return serverSentEvent('phase', phaseEvent(message.row as EventRow), positionId(message.position));
  }
  return serverSentEvent('alert', alertEvent(message.row as AlertChangeRow), positionId(message.position));
}

const epochEvent = (jobId: string, row: Epoch, job: JobRow): Sent<EpochEvent> => ({
  jobId,
  currentEpoch: row.epoch,
  totalEpochs: job.totalEpochs,
  loss: row.loss,
  validationLoss: row.validationLoss,
  accuracy: row.accuracy ?? undefined,
  learningRate: row.learningRate,
  estimatedTimeRemaining: row.estimatedTimeRemaining,
  // Of the newest epoch alone, and until the next one is under way: the history does not keep it.
  ...(row.epoch === job.currentEpoch && job.currentBatch === job.totalBatches && !hasEnded(job.status) && range(job)),
  attempt: row.attempt,
  timestamp: row.at,
});

/** The epoch under way is the one after the last that was persisted. */
const batchEvent = (jobId: string, job: JobRow): Sent<BatchEvent> => ({
  jobId,
  currentEpoch: job.currentEpoch + 1,
  totalEpochs: job.totalEpochs,
  currentBatch: job.currentBatch,
  totalBatches: job.totalBatches,
  estimatedTimeRemaining: job.estimatedTimeRemaining ?? undefined,
  ...range(job),
  timestamp: job.reportedAt!,
});

const range = ({ estimatedLow, estimatedHigh }: JobRow) => ({
  estimatedTimeRemainingLow: estimatedLow ?? undefined,
  estimatedTimeRemainingHigh: estimatedHigh ?? undefined,
});

const phaseEvent = ({
  number,
  at,
  status,
  phase,
  attempt,
  epoch,
  workerId,
  reason,
  detail,
}: EventRow): Sent<JobEventResponse> => ({
  number,
  at,
  status,
  phase,
  attempt,
  epoch,
  workerId: workerId ?? undefined,
  reason: reason ?? undefined,
  detail: detail ?? undefined,
});

const alertEvent = ({ at, state, alert }: AlertChangeRow): AlertEvent => ({
  ...alert,
  state,
  observed: alert.observed ?? undefined,
  bound: alert.bound ?? undefined,
  at,
});

const doneEvent = (jobId: string, { status, version, error, errorCode, completedAt }: JobRow): Sent<DoneEvent> => ({
  jobId,
  status,
  version: version ?? undefined,
  error: error ?? undefined,
  errorCode: errorCode ?? undefined,
  completedAt: completedAt ?? undefined,
});
