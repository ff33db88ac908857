import { ApiProperty, OmitType, PickType } from '@nestjs/swagger';
import { AlertResponse } from '../../../alerts/dto/alert.response.js';
import { JobEventResponse } from '../../../jobs/dto/job-event.response.js';
import { JobResponse } from '../../../jobs/dto/job.response.js';
import { ProgressResponse } from '../../../jobs/dto/progress.response.js';

const ATTEMPT = { description: 'The attempt that trained it.', type: 'integer', example: 1 } as const;

/** Data of `progress`: an epoch, as it was persisted. */
export class EpochEvent extends OmitType(ProgressResponse, [
  'currentBatch',
  'totalBatches',
  'status',
  'estimatedStartAt',
  'estimatedFinishAt',
] as const) {
  @ApiProperty(ATTEMPT)
  attempt: number;
}

/** Data of `batch`: where the epoch under way stands. Not kept: it cannot be resumed from. */
export class BatchEvent extends PickType(ProgressResponse, [
  'jobId',
  'currentEpoch',
  'totalEpochs',
  'currentBatch',
  'totalBatches',
  'estimatedTimeRemaining',
  'estimatedTimeRemainingLow',
  'estimatedTimeRemainingHigh',
  'timestamp',
] as const) {}

/** Data of `done`: how the job ended. */
export class DoneEvent extends PickType(JobResponse, [
  'status',
  'version',
  'error',
  'errorCode',
  'completedAt',
] as const) {
  @ApiProperty({ description: 'The job.', example: 'job_123' })
  jobId: string;
}

/** Data of `job` in the stream of all jobs: what one of them became, and why. */
export class JobChangeEvent extends JobEventResponse {
  @ApiProperty({ description: 'The job.', example: 'job_123' })
  jobId: string;
}

/** Data of `alert`: an alert in the state that it took, and when. */
export class AlertEvent extends PickType(AlertResponse, [
  'id',
  'rule',
  'kind',
  'state',
  'action',
  'attempt',
  'epoch',
  'detail',
  'observed',
  'bound',
] as const) {
  @ApiProperty({ description: 'When it took the state; ISO 8601, UTC.', type: String, format: 'date-time' })
  at: string;
}
