import { ApiProperty } from '@nestjs/swagger';
import type { Job } from '../job.entity.js';

/** Why an attempt failed that was tried again. */
export class AttemptErrorResponse {
  @ApiProperty({ description: 'For programs.', example: 'worker_lost' })
  code: string;

  @ApiProperty({ description: 'For people.', example: 'The worker was lost.' })
  detail: string;

  static from(this: void, { lastErrorCode, lastError }: Job): AttemptErrorResponse | undefined {
    return lastErrorCode === null ? undefined : { code: lastErrorCode, detail: lastError ?? '' };
  }
}
