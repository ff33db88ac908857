import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { HealthStatus } from '../health-state.js';
import type { Counts } from '../health.repository.js';
import type { Assessment } from '../health.service.js';

export class ComponentHealthResponse {
  @ApiProperty({ description: 'Of this part alone.', enum: HealthStatus, enumName: 'HealthStatus' })
  status: HealthStatus;

  @ApiProperty({ description: 'Milliseconds it took to find out.', example: 1.4 })
  latency: number;

  @ApiPropertyOptional({ description: 'What is wrong, for people.', type: String, example: 'no worker is alive' })
  detail?: string;
}

export class ComponentsResponse {
  @ApiProperty({ description: 'Holds every state.', type: () => ComponentHealthResponse })
  database: ComponentHealthResponse;

  @ApiProperty({ description: 'Takes work to the workers.', type: () => ComponentHealthResponse })
  queue: ComponentHealthResponse;

  @ApiProperty({
    description: 'Healthy while one was seen in the last 15 seconds.',
    type: () => ComponentHealthResponse,
  })
  workers: ComponentHealthResponse;

  @ApiProperty({
    description: 'Healthy unless a model file of the tenant was found damaged or missing; `detail` names the versions.',
    type: () => ComponentHealthResponse,
  })
  artifacts: ComponentHealthResponse;
}

export class HealthResponse {
  @ApiProperty({
    description:
      'degraded: the queue or every worker is away, so that what is started waits, or a model file is damaged or missing. unhealthy: the database is down.',
    enum: HealthStatus,
    enumName: 'HealthStatus',
  })
  status: HealthStatus;

  @ApiPropertyOptional({ description: 'Running jobs of the tenant; absent while unhealthy.', type: 'integer' })
  activeJobs?: number;

  @ApiPropertyOptional({ description: 'Datasets of the tenant; absent while unhealthy.', type: 'integer' })
  totalDatasets?: number;

  @ApiPropertyOptional({ description: 'Models of the tenant; absent while unhealthy.', type: 'integer' })
  totalModels?: number;

  @ApiProperty({ description: 'ISO 8601, UTC.', type: String, format: 'date-time' })
  lastCheck: Date;

  @ApiProperty({ description: 'Each part by itself.', type: () => ComponentsResponse })
  components: ComponentsResponse;

  static from({ status, components, checkedAt }: Assessment, counts: Counts | null): HealthResponse {
    return { status, ...counts, lastCheck: checkedAt, components };
  }
}

export class ProbeResponse {
  @ApiProperty({ description: 'The verdict.', enum: ['ok', 'unavailable'], enumName: 'Verdict' })
  status: 'ok' | 'unavailable';
}
