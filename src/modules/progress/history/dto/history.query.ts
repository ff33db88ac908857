import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsEnum, IsString, MaxLength } from 'class-validator';
import { EnumFilter } from '../../../../http/page/filters.js';
import { wholeNumber } from '../../../../http/page/page.query.js';
import { MayBeAbsent } from '../../../../http/validation/may-be-absent.js';
import { ThinningMethod } from '../history.js';
import { Series } from '../series.js';
import { Epoch, MaxPoints, wholeWithin } from './epoch-range.js';

/** Epochs of a page unless told. */
export const PAGE_EPOCHS = 1_000;

export class HistoryQuery {
  @Transform(({ value }) => wholeNumber(value))
  @wholeWithin(1, 10_000, {
    description: 'Most epochs of a page. Not with maxPoints, nor for CSV.',
    default: PAGE_EPOCHS,
  })
  limit?: number;

  @ApiPropertyOptional({
    description: '`nextCursor` of the page before, with the same range and series. Not with maxPoints, nor for CSV.',
    type: String,
  })
  @MayBeAbsent()
  @IsString()
  @MaxLength(1000)
  cursor?: string;

  @Transform(({ value }) => wholeNumber(value))
  @Epoch('From this epoch on, itself included.')
  fromEpoch?: number;

  @Transform(({ value }) => wholeNumber(value))
  @Epoch('Up to this epoch, itself included.')
  toEpoch?: number;

  @EnumFilter(
    Series,
    'HistorySeries',
    'What points carry, and whose extremes are kept; unless given all, thinned by loss and validationLoss.',
  )
  series?: Series[];

  @Transform(({ value }) => wholeNumber(value))
  @MaxPoints({ description: 'Thins the range out to at most this many points, its first and last epoch among them.' })
  maxPoints?: number;

  @ApiPropertyOptional({
    description:
      'How points are chosen: first, last, least and greatest of equal parts, so that spikes survive (`min_max`, the default), or the shape that the eye sees (`lttb`). Only with maxPoints.',
    enum: ThinningMethod,
    enumName: 'ThinningMethod',
  })
  @MayBeAbsent()
  @IsEnum(ThinningMethod)
  method?: ThinningMethod;
}
