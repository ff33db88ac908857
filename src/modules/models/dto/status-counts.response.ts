import { ApiProperty } from '@nestjs/swagger';
import type { VersionStatus } from '../version-state.js';

const COUNT = { type: 'integer' as const };

/** How many versions are in which status. */
export class StatusCountsResponse implements Record<VersionStatus, number> {
  @ApiProperty({ ...COUNT, description: 'Not numbered yet.' })
  training: number;

  @ApiProperty({ ...COUNT, description: 'Could be deployed.' })
  ready: number;

  @ApiProperty({ ...COUNT, description: '0 or 1.' })
  deployed: number;

  @ApiProperty({ ...COUNT, description: 'Withdrawn, or of jobs that did not complete.' })
  archived: number;

  static from(this: void, counts: Partial<Record<VersionStatus, number>>): StatusCountsResponse {
    return { training: 0, ready: 0, deployed: 0, archived: 0, ...counts };
  }
}
