import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { RunningJob } from '../queue/queue-overview.service.js';

/** As much of a job as one wants to see of many that train. */
export class RunningJobResponse {
  @ApiProperty({ description: 'Of the job.', example: 'job_019363f2a0c07d4f8b1e5a6c9d2e3f40' })
  id: string;

  @ApiProperty({ description: 'For people.', example: 'Customer Segmentation Model' })
  name: string;

  @ApiProperty({ description: 'The model it adds a version to.', example: 'customer_segmentation_model' })
  modelId: string;

  @ApiProperty({ description: 'Of jobs that wait for a worker, those with the higher one go first.', type: 'integer' })
  priority: number;

  @ApiProperty({ description: 'Percent.', minimum: 0, maximum: 100, example: 45 })
  progress: number;

  @ApiProperty({ description: 'Which try of the run this is.', type: 'integer', minimum: 1, example: 1 })
  attempt: number;

  @ApiPropertyOptional({ description: 'The worker that has it.', type: String, example: 'worker_0193' })
  workerId?: string;

  @ApiPropertyOptional({
    description: 'When a worker first took it; ISO 8601, UTC.',
    type: String,
    format: 'date-time',
  })
  startedAt?: Date;

  @ApiPropertyOptional({
    description: 'Milliseconds; from the first epoch on.',
    type: 'integer',
    format: 'int64',
    example: 5_200,
  })
  estimatedTimeRemaining?: number;

  static from(this: void, job: RunningJob): RunningJobResponse {
    return {
      id: job.id,
      name: job.name,
      modelId: job.modelId,
      priority: job.priority,
      progress: job.progress,
      attempt: job.attempt,
      workerId: job.workerId ?? undefined,
      startedAt: job.startedAt ?? undefined,
      estimatedTimeRemaining: job.estimatedTimeRemaining ?? undefined,
    };
  }
}
