import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { pageResponse } from '../../../http/page/page.response.js';
import type { JobEvent } from '../job-event.entity.js';
import { JobPhase, JobStatus } from '../job-state.js';

/** A change of a job: what it became, and why. */
export class JobEventResponse {
  @ApiProperty({ description: 'From 1, without a gap.', type: 'integer', example: 3 })
  number: number;

  @ApiProperty({ description: 'ISO 8601, UTC.', type: String, format: 'date-time' })
  at: Date;

  @ApiProperty({ description: 'The status it has from here on.', enum: JobStatus, enumName: 'JobStatus' })
  status: JobStatus;

  @ApiProperty({ description: 'The phase it has from here on.', enum: JobPhase, enumName: 'JobPhase' })
  phase: JobPhase;

  @ApiProperty({ description: 'Attempts begun by then.', type: 'integer', example: 1 })
  attempt: number;

  @ApiProperty({ description: 'Epochs persisted by then.', type: 'integer', example: 45 })
  epoch: number;

  @ApiPropertyOptional({ description: 'The worker that had the job.', type: String, example: 'worker_0193' })
  workerId?: string;

  @ApiPropertyOptional({
    description:
      'Why, for programs: an errorCode, or `handed_back`, `pause_requested`, `resume_requested`, `cancel_requested`; an open list.',
    type: String,
    example: 'worker_lost',
  })
  reason?: string;

  @ApiPropertyOptional({ description: 'Why, for people.', type: String })
  detail?: string;

  static from(this: void, event: Omit<JobEvent, 'id' | 'tenantId'>): JobEventResponse {
    return {
      number: event.number,
      at: event.at,
      status: event.status,
      phase: event.phase,
      attempt: event.attempt,
      epoch: event.epoch,
      workerId: event.workerId ?? undefined,
      reason: event.reason ?? undefined,
      detail: event.detail ?? undefined,
    };
  }
}

export class JobEventPage extends pageResponse(JobEventResponse) {}
