import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { hasEnded, JobPhase, JobStatus } from '../job-state.js';
import { finishOf, startOf } from '../finish.js';
import type { JobStanding } from '../job-rows.js';
import type { QueuePlace } from '../queue/queue-place.service.js';

const MILLISECONDS = { type: 'integer', format: 'int64' } as const;

/** The phase while a job is active, then its final status. */
const PROGRESS_STATUSES = [
  ...Object.values(JobPhase).filter((phase) => phase !== JobPhase.Done),
  ...Object.values(JobStatus).filter(hasEnded),
];

export class ProgressResponse {
  @ApiProperty({ description: 'The job.', example: 'job_123' })
  jobId: string;

  @ApiProperty({
    description: 'The epoch under way, or else the last one; 0 before the first.',
    type: 'integer',
    example: 45,
  })
  currentEpoch: number;

  @ApiProperty({ description: 'Epochs planned (tree models: rounds or trees).', type: 'integer', example: 100 })
  totalEpochs: number;

  @ApiProperty({ description: 'Batches done of the current epoch.', type: 'integer', example: 250 })
  currentBatch: number;

  @ApiProperty({ description: 'Batches of one epoch.', type: 'integer', example: 500 })
  totalBatches: number;

  @ApiPropertyOptional({ description: 'Training loss of the last finished epoch.', type: Number, example: 0.25 })
  loss?: number;

  @ApiPropertyOptional({ description: 'Validation loss of the last finished epoch.', type: Number, example: 0.28 })
  validationLoss?: number;

  @ApiPropertyOptional({
    description: 'Fraction of validation rows classified rightly, where the dataset has classes.',
    type: Number,
    minimum: 0,
    maximum: 1,
    example: 0.87,
  })
  accuracy?: number;

  @ApiPropertyOptional({ description: 'Of the last finished epoch.', type: Number, example: 0.001 })
  learningRate?: number;

  @ApiPropertyOptional({
    description:
      'Milliseconds of training until the job is expected to complete, at `timestamp`; for all epochs that are planned, and from the first one on. Pauses and waits are not counted.',
    ...MILLISECONDS,
    example: 1_800_000,
  })
  estimatedTimeRemaining?: number;

  @ApiPropertyOptional({
    description: 'Nine times in ten it takes longer than this; early stopping is reckoned with.',
    ...MILLISECONDS,
    example: 1_650_000,
  })
  estimatedTimeRemainingLow?: number;

  @ApiPropertyOptional({
    description: 'And no longer than this.',
    ...MILLISECONDS,
    example: 1_950_000,
  })
  estimatedTimeRemainingHigh?: number;

  @ApiPropertyOptional({
    description:
      'When a worker is expected to take the job, while it waits for one; between two attempts the earliest time. ISO 8601, UTC.',
    type: String,
    format: 'date-time',
  })
  estimatedStartAt?: Date;

  @ApiPropertyOptional({
    description:
      'When the job is expected to complete, its wait for a worker included; absent before the first epoch, and while it is paused or stopping. ISO 8601, UTC.',
    type: String,
    format: 'date-time',
  })
  estimatedFinishAt?: Date;

  @ApiProperty({
    description: 'The phase while the job is active, then its final status; an open list.',
    enum: PROGRESS_STATUSES,
    enumName: 'ProgressStatus',
    example: 'training',
  })
  status: string;

  @ApiProperty({ description: 'When this was measured; ISO 8601, UTC.', type: String, format: 'date-time' })
  timestamp: Date;

  /**
   * From the job's row and its place in the queue alone: the history is not read. A batch count strictly inside an epoch
   * belongs to the next one.
   */
  static from(this: void, job: JobStanding, place: QueuePlace | null = null): ProgressResponse {
    const underWay = job.currentBatch > 0 && job.currentBatch < job.totalBatches && job.currentEpoch < job.totalEpochs;
    return {
      jobId: job.id,
      currentEpoch: job.currentEpoch + (underWay ? 1 : 0),
      totalEpochs: job.totalEpochs,
      currentBatch: job.currentBatch,
      totalBatches: job.totalBatches,
      loss: job.loss ?? undefined,
      validationLoss: job.validationLoss ?? undefined,
      accuracy: job.accuracy ?? undefined,
      learningRate: job.learningRate ?? undefined,
      estimatedTimeRemaining: job.estimatedTimeRemaining ?? undefined,
      estimatedTimeRemainingLow: job.estimatedLow ?? undefined,
      estimatedTimeRemainingHigh: job.estimatedHigh ?? undefined,
      estimatedStartAt: startOf(job, place) ?? undefined,
      estimatedFinishAt: finishOf(job, place) ?? undefined,
      status: hasEnded(job.status) ? job.status : job.phase,
      timestamp: job.reportedAt ?? job.updatedAt,
    };
  }
}
