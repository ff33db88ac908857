import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Curves, Series } from '../curves.js';

const VALUES = { type: 'array' as const, items: { type: 'number' as const, nullable: true } };

/** A value an epoch; null where the run has no such epoch. */
export class SeriesResponse implements Series {
  @ApiProperty({ description: 'Training loss.', ...VALUES })
  loss: (number | null)[];

  @ApiProperty({ description: 'Validation loss.', ...VALUES })
  validationLoss: (number | null)[];

  @ApiPropertyOptional({ description: 'Fraction; absent where the run measures none.', ...VALUES })
  accuracy?: (number | null)[];
}

export class CurvesResponse implements Curves {
  @ApiProperty({
    description: 'The same for all series, at most 1,000: of more, some evenly, with each run’s first and last.',
    type: 'array',
    items: { type: 'integer' },
    maxItems: 1_000,
  })
  epochs: number[];

  @ApiProperty({ description: 'In the order of the subjects.', type: () => [SeriesResponse] })
  series: SeriesResponse[];
}
