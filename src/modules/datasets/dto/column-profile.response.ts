import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { ColumnKind, ColumnRole } from '../profile/profile-type.js';

const KINDS: ColumnKind[] = ['integer', 'number', 'boolean', 'date', 'timestamp', 'text', 'nested', 'empty'];
const ROLES: ColumnRole[] = ['feature', 'target', 'ignored'];

export class ValueCountResponse {
  @ApiProperty({ description: 'The value; long ones are cut.', example: 'setosa' })
  value: string;

  @ApiProperty({ description: 'Rows that have it.', type: 'integer', example: 50 })
  count: number;
}

export class ClassShareResponse extends ValueCountResponse {
  @ApiProperty({ description: 'Of the rows that have a target; 0 to 1.', example: 0.3333 })
  share: number;
}

export class QuantilesResponse {
  @ApiProperty({ description: '5 of 100 values lie below.' })
  p05: number;

  @ApiProperty({ description: '25 of 100 values lie below.' })
  p25: number;

  @ApiProperty({ description: 'The median.' })
  p50: number;

  @ApiProperty({ description: '75 of 100 values lie below.' })
  p75: number;

  @ApiProperty({ description: '95 of 100 values lie below.' })
  p95: number;
}

export class HistogramResponse {
  @ApiProperty({ description: 'Bounds of the bins, one more than there are bins.', type: [Number] })
  edges: number[];

  @ApiProperty({ description: 'Values in each bin.', type: [Number] })
  counts: number[];
}

/** One column, measured. What does not apply to its kind is absent. */
export class ColumnProfileResponse {
  @ApiProperty({ description: 'As the content names it.', example: 'age' })
  name: string;

  @ApiProperty({ description: 'What its values show it to hold.', enum: KINDS, enumName: 'ColumnKind' })
  kind: ColumnKind;

  @ApiProperty({ description: 'What it is for.', enum: ROLES, enumName: 'ColumnRole' })
  role: ColumnRole;

  @ApiProperty({ description: 'Rows without a value.', type: 'integer' })
  missing: number;

  @ApiProperty({ description: 'Different values.', type: 'integer' })
  distinct: number;

  @ApiProperty({ description: 'Whether `distinct` and `quantiles` are estimates.' })
  approximate: boolean;

  @ApiPropertyOptional({ description: 'Least number.', type: Number })
  min?: number;

  @ApiPropertyOptional({ description: 'Greatest number.', type: Number })
  max?: number;

  @ApiPropertyOptional({ description: 'Arithmetic mean.', type: Number })
  mean?: number;

  @ApiPropertyOptional({ description: 'Of the population.', type: Number })
  standardDeviation?: number;

  @ApiPropertyOptional({ description: 'Of numbers.', type: () => QuantilesResponse })
  quantiles?: QuantilesResponse;

  @ApiPropertyOptional({ description: 'Of numbers.', type: () => HistogramResponse })
  histogram?: HistogramResponse;

  @ApiPropertyOptional({ description: 'First date or time, ISO 8601.', type: String })
  earliest?: string;

  @ApiPropertyOptional({ description: 'Last date or time, ISO 8601.', type: String })
  latest?: string;

  @ApiPropertyOptional({ description: 'Characters of the shortest text.', type: 'integer' })
  shortest?: number;

  @ApiPropertyOptional({ description: 'Characters of the longest text.', type: 'integer' })
  longest?: number;

  @ApiPropertyOptional({ description: 'The most frequent values, at most ten.', type: () => [ValueCountResponse] })
  topValues?: ValueCountResponse[];
}
