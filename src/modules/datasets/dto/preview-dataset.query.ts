import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import { wholeNumber } from '../../../http/page/page.query.js';

export class PreviewDatasetQuery {
  @ApiPropertyOptional({ description: 'Most rows.', type: 'integer', minimum: 1, maximum: 100, default: 20 })
  @Transform(({ value }) => wholeNumber(value))
  @IsInt()
  @Min(1)
  @Max(100)
  limit: number = 20;
}
