import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsNumber, Max, Min } from 'class-validator';
import { MayBeAbsent } from '../../../../http/validation/may-be-absent.js';
import { MEASURED_NAMES, type MeasuredName } from '../../../jobs/metrics.js';
import { MEASURED_NAME } from '../../dto/measured-name.schema.js';
import type { MetricBound, MetricLoss } from '../policy.js';

/** Beyond what any measurement is. */
const LARGEST = 1e12;
const METRIC = { description: 'A final measurement of a version.', ...MEASURED_NAME };
const BOUND = { minimum: -LARGEST, maximum: LARGEST };

export class MetricBoundRequest implements MetricBound {
  @ApiProperty(METRIC)
  @IsIn(MEASURED_NAMES)
  metric: MeasuredName;

  @ApiPropertyOptional({ description: "The least that it may be, in the metric's unit.", ...BOUND, example: 0.9 })
  @MayBeAbsent()
  @IsNumber()
  @Min(-LARGEST)
  @Max(LARGEST)
  min?: number;

  @ApiPropertyOptional({ description: "The most that it may be, in the metric's unit.", ...BOUND })
  @MayBeAbsent()
  @IsNumber()
  @Min(-LARGEST)
  @Max(LARGEST)
  max?: number;
}

export class MetricLossRequest implements MetricLoss {
  @ApiProperty(METRIC)
  @IsIn(MEASURED_NAMES)
  metric: MeasuredName;

  @ApiProperty({
    description: "How much worse than that of the deployed version it may be, in the metric's unit.",
    minimum: 0,
    maximum: LARGEST,
    example: 0.01,
  })
  @IsNumber()
  @Min(0)
  @Max(LARGEST)
  by: number;
}
