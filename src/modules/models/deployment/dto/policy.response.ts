import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { MeasuredName } from '../../../jobs/metrics.js';
import { MEASURED_NAME } from '../../dto/measured-name.schema.js';
import type { StandingPolicy } from '../policies.repository.js';
import type { DeploymentPolicy, MetricBound, MetricLoss } from '../policy.js';

const METRIC = { description: 'A final measurement of a version.', ...MEASURED_NAME };

export class MetricBoundResponse implements MetricBound {
  @ApiProperty(METRIC)
  metric: MeasuredName;

  @ApiPropertyOptional({ description: "The least that it may be, in the metric's unit.", example: 0.9 })
  min?: number;

  @ApiPropertyOptional({ description: "The most that it may be, in the metric's unit." })
  max?: number;
}

export class MetricLossResponse implements MetricLoss {
  @ApiProperty(METRIC)
  metric: MeasuredName;

  @ApiProperty({ description: 'How much worse than that of the deployed version it may be.', example: 0.01 })
  by: number;
}

/** What is absent is not asked for. */
export class PolicyResponse implements DeploymentPolicy {
  @ApiPropertyOptional({ description: 'Bounds, both included.', type: () => [MetricBoundResponse] })
  metrics?: MetricBoundResponse[];

  @ApiPropertyOptional({
    description: 'Measurements that must not be worse than those of the deployed version.',
    type: () => [MetricLossResponse],
  })
  noWorse?: MetricLossResponse[];

  @ApiPropertyOptional({ description: 'Whether the dataset that it was trained on must be ready.' })
  datasetReady?: boolean;

  @ApiPropertyOptional({ description: 'Whether a verification must have found it reproducible.' })
  reproducible?: boolean;

  @ApiPropertyOptional({ description: 'Least rows (images: files) of its dataset.', type: 'integer' })
  minimumDataSize?: number;

  @ApiPropertyOptional({ description: 'Whose token set or removed it last.', type: String, example: 'alice' })
  changedBy?: string;

  @ApiPropertyOptional({ description: 'When that was; ISO 8601, UTC.', type: String, format: 'date-time' })
  changedAt?: Date;

  static from(this: void, { policy, changedBy, changedAt }: StandingPolicy): PolicyResponse {
    return { ...policy, changedBy: changedBy ?? undefined, changedAt: changedAt ?? undefined };
  }
}
