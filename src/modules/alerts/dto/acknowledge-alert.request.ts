import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { CleanText } from '../../../http/validation/clean-text.js';
import { MayBeAbsent } from '../../../http/validation/may-be-absent.js';

export class AcknowledgeAlertRequest {
  @ApiPropertyOptional({
    description: 'For those who look at it later.',
    type: String,
    maxLength: 2_000,
    example: 'The learning rate is too high; tried again with 0.001.',
  })
  @MayBeAbsent()
  @IsString()
  @MaxLength(2_000)
  @CleanText('\n\t')
  note?: string;
}
