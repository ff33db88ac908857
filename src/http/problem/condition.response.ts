import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Condition } from '../../errors/domain.error.js';

const FIGURE = { oneOf: [{ type: 'number' }, { type: 'string' }, { type: 'boolean' }] };

export class ConditionResponse implements Condition {
  @ApiProperty({
    description:
      'Stable code: `artifact_intact`, `metric_bound`, `no_worse`, `dataset_ready`, `reproducible`, `minimum_data_size`; expect new ones.',
    example: 'metric_bound',
  })
  condition: string;

  @ApiProperty({ description: 'Whether it is met.' })
  met: boolean;

  @ApiProperty({
    description: 'A sentence for people; do not parse it.',
    example: 'accuracy is 0.87; it must be at least 0.9.',
  })
  detail: string;

  @ApiPropertyOptional({ description: 'The measurement that it is about.', type: String, example: 'accuracy' })
  metric?: string;

  @ApiPropertyOptional({ description: 'What was found; absent where there is nothing.', ...FIGURE, example: 0.87 })
  actual?: number | string | boolean;

  @ApiPropertyOptional({
    description: 'What it would have to be.',
    type: 'object',
    additionalProperties: FIGURE,
    example: { min: 0.9 },
  })
  wanted?: Readonly<Record<string, number | string | boolean>>;
}
