import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsEnum,
  IsString,
  MaxLength,
  MinLength,
} from 'class-validator';
import { CleanText } from '../../../../http/validation/clean-text.js';
import { MayBeAbsent } from '../../../../http/validation/may-be-absent.js';
import { ThinningMethod } from '../history.js';
import { Series } from '../series.js';
import { Epoch, MaxPoints } from './epoch-range.js';

const MOST_JOBS = 20;

/** Points of a job unless told. */
export const POINTS_OF_A_JOB = 500;

export class QueryProgressRequest {
  @ApiProperty({
    description: 'Ids of the jobs.',
    example: ['job_123', 'job_456'],
    type: 'array',
    items: { type: 'string', minLength: 1, maxLength: 128 },
    minItems: 1,
    maxItems: MOST_JOBS,
    uniqueItems: true,
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_JOBS)
  @ArrayUnique()
  @IsString({ each: true })
  @MinLength(1, { each: true })
  @MaxLength(128, { each: true })
  @CleanText()
  jobIds: string[];

  @ApiPropertyOptional({
    description:
      'What points carry, and whose extremes are kept; unless given all, thinned by loss and validationLoss.',
    enum: Series,
    enumName: 'HistorySeries',
    isArray: true,
    minItems: 1,
    uniqueItems: true,
  })
  @MayBeAbsent()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsEnum(Series, { each: true })
  series?: Series[];

  @Epoch('From this epoch on, itself included.')
  fromEpoch?: number;

  @Epoch('Up to this epoch, itself included.')
  toEpoch?: number;

  @MaxPoints({
    description: 'Most points of each job, the first and last of its range among them; 50,000 of all jobs together.',
    default: POINTS_OF_A_JOB,
  })
  maxPoints?: number;

  @ApiPropertyOptional({
    description: 'How points are chosen where there are more.',
    enum: ThinningMethod,
    enumName: 'ThinningMethod',
    default: ThinningMethod.MinMax,
  })
  @MayBeAbsent()
  @IsEnum(ThinningMethod)
  method?: ThinningMethod;
}
