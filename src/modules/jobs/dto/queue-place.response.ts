import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { QueuePlace } from '../queue/queue-place.service.js';

/** Where a job stands that waits for a worker. */
export class QueuePlaceResponse {
  @ApiProperty({ description: 'From 1: `ahead` and one.', type: 'integer', minimum: 1, example: 4 })
  position: number;

  @ApiProperty({
    description:
      'Jobs of the whole platform that go before it: of a higher priority; of the same, interrupted runs before jobs that have not begun; then those that came first. Counted up to 10,000.',
    type: 'integer',
    minimum: 0,
    maximum: 10_000,
    example: 3,
  })
  ahead: number;

  @ApiPropertyOptional({
    description:
      'When a worker is expected to take it if nothing else comes, by what the jobs ahead are expected to take; ISO 8601, UTC. Absent while no worker is alive.',
    type: String,
    format: 'date-time',
  })
  estimatedStartAt?: Date;

  static from(this: void, { ahead, estimatedStartAt }: QueuePlace): QueuePlaceResponse {
    return { position: ahead + 1, ahead, estimatedStartAt: estimatedStartAt ?? undefined };
  }
}
