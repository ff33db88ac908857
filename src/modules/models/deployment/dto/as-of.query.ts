import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsISO8601, Matches } from 'class-validator';
import { MayBeAbsent } from '../../../../http/validation/may-be-absent.js';

/** A date alone, or a time without a zone, would be a different moment for everybody. */
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

export class AsOfQuery {
  @ApiPropertyOptional({
    description: 'ISO 8601 with a time zone. Default: now.',
    type: String,
    format: 'date-time',
    example: '2026-01-31T12:00:00Z',
  })
  @MayBeAbsent()
  @Matches(MOMENT)
  @IsISO8601({ strict: true })
  at?: string;
}
