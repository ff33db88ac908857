import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsEnum } from 'class-validator';
import { MayBeAbsent } from '../../../../http/validation/may-be-absent.js';
import { CardFormat } from '../card-format.js';

export class CardQuery {
  @ApiPropertyOptional({
    description: 'Goes before the Accept header.',
    enum: CardFormat,
    enumName: 'CardFormat',
  })
  @MayBeAbsent()
  @IsEnum(CardFormat)
  format?: CardFormat;
}
