import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { LivingWorker, QueueCounts, QueueOverview } from '../queue/queue-overview.service.js';
import { RunningJobResponse } from './running-job.response.js';

const COUNT = { type: 'integer', minimum: 0 } as const;
const TIME = { type: String, format: 'date-time' } as const;

/** Jobs of the tenant that were started and have not ended. */
export class QueueCountsResponse implements QueueCounts {
  @ApiProperty({ description: 'Wait for their first worker.', ...COUNT })
  queued: number;

  @ApiProperty({ description: 'A worker trains them.', ...COUNT })
  running: number;

  @ApiProperty({ description: 'Interrupted; wait for the next worker.', ...COUNT })
  recovering: number;

  @ApiProperty({ description: 'An attempt failed and another follows.', ...COUNT })
  retryWait: number;

  @ApiProperty({ description: 'Paused.', ...COUNT })
  paused: number;

  @ApiProperty({ description: 'Their dataset is not ready yet.', ...COUNT })
  waitingForDataset: number;
}

/** All tenants together. */
export class PlatformLoadResponse {
  @ApiProperty({
    description: 'Jobs that a worker could take now, those interrupted included. Counted up to 10,000.',
    ...COUNT,
    maximum: 10_000,
  })
  queued: number;

  @ApiProperty({ description: 'Runs that a worker holds.', ...COUNT })
  running: number;

  @ApiProperty({ description: 'Runs that the living workers train at once.', ...COUNT })
  capacity: number;
}

/** A living worker: one that gave a sign of life in the last 15 seconds. */
export class WorkerResponse {
  @ApiProperty({ description: 'A new one at each start.', example: 'worker_019363f2a0c07d4f8b1e5a6c9d2e3f40' })
  id: string;

  @ApiProperty({ description: 'The machine it runs on.', example: 'trainer-1' })
  host: string;

  @ApiProperty({ description: 'When it was started; ISO 8601, UTC.', ...TIME })
  since: Date;

  @ApiProperty({ description: 'Runs that it holds, of any tenant.', ...COUNT })
  running: number;

  @ApiProperty({ description: 'Runs that it trains at once.', ...COUNT })
  capacity: number;

  static from(this: void, { id, host, since, running, capacity }: LivingWorker): WorkerResponse {
    return { id, host, since: new Date(since), running, capacity };
  }
}

/** What waits, what trains and who trains it. */
export class QueueResponse {
  @ApiProperty({ description: "The tenant's own jobs.", type: () => QueueCountsResponse })
  counts: QueueCountsResponse;

  @ApiProperty({ description: 'All tenants together.', type: () => PlatformLoadResponse })
  platform: PlatformLoadResponse;

  @ApiProperty({
    description: "The tenant's jobs that a worker trains, newest first.",
    type: () => [RunningJobResponse],
    maxItems: 100,
  })
  running: RunningJobResponse[];

  @ApiProperty({ description: 'Workers that are alive, by id.', type: () => [WorkerResponse] })
  workers: WorkerResponse[];

  @ApiPropertyOptional({
    description:
      'Milliseconds until everything that runs or waits on the platform is expected to be done if nothing else comes; at least so many when more than 10,000 jobs wait. Absent while no worker is alive.',
    type: 'integer',
    format: 'int64',
    minimum: 0,
  })
  expectedDrainMs?: number;

  @ApiPropertyOptional({ description: 'The same as a time; ISO 8601, UTC.', ...TIME })
  expectedDrainAt?: Date;

  static from(this: void, { counts, platform, running, workers, drain }: QueueOverview): QueueResponse {
    return {
      counts,
      platform,
      running: running.map(RunningJobResponse.from),
      workers: workers.map(WorkerResponse.from),
      expectedDrainMs: drain?.ms,
      expectedDrainAt: drain?.at,
    };
  }
}
