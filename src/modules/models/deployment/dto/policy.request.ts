import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsInt,
  IsObject,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { MayBeAbsent } from '../../../../http/validation/may-be-absent.js';
import { MEASURED_NAMES, type MeasuredName } from '../../../jobs/metrics.js';
import type { DeploymentPolicy } from '../policy.js';
import { MetricBoundRequest, MetricLossRequest } from './policy-metrics.request.js';

/** Beyond what any dataset has. */
const MOST_ROWS = 1e12;
const metricOf = ({ metric }: { metric: MeasuredName }) => metric;

/** What is absent is not asked for. */
export class PolicyRequest implements DeploymentPolicy {
  @ApiPropertyOptional({
    description: 'Bounds of final measurements, both included; at most one entry a metric.',
    type: () => [MetricBoundRequest],
    maxItems: MEASURED_NAMES.length,
  })
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(MEASURED_NAMES.length)
  @ArrayUnique(metricOf)
  // @ValidateNested alone lets an item be a list, whose own items it then looks at.
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => MetricBoundRequest)
  metrics?: MetricBoundRequest[];

  @ApiPropertyOptional({
    description: 'Measurements that must not be worse than those of the deployed version; at most one entry a metric.',
    type: () => [MetricLossRequest],
    maxItems: MEASURED_NAMES.length,
  })
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(MEASURED_NAMES.length)
  @ArrayUnique(metricOf)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => MetricLossRequest)
  noWorse?: MetricLossRequest[];

  @ApiPropertyOptional({ description: 'Whether the dataset that it was trained on must be ready.' })
  @MayBeAbsent()
  @IsBoolean()
  datasetReady?: boolean;

  @ApiPropertyOptional({ description: 'Whether a verification must have found it reproducible.' })
  @MayBeAbsent()
  @IsBoolean()
  reproducible?: boolean;

  @ApiPropertyOptional({
    description: 'Least rows (images: files) of its dataset.',
    type: 'integer',
    minimum: 1,
    maximum: MOST_ROWS,
    example: 10_000,
  })
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(MOST_ROWS)
  minimumDataSize?: number;
}
