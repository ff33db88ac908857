import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { MayBeAbsent } from '../validation/may-be-absent.js';

/** Plain decimal digits only: `0x10`, `1e2` and blanks stay texts, and are refused for that. */
export function wholeNumber(value: unknown): unknown {
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
}

/** What every list accepts beside its filters. */
export class PageQuery {
  @ApiPropertyOptional({ description: 'Most items of a page.', type: 'integer', minimum: 1, maximum: 200, default: 50 })
  @Transform(({ value }) => wholeNumber(value))
  @IsInt()
  @Min(1)
  @Max(200)
  limit: number = 50;

  @ApiPropertyOptional({ description: '`nextCursor` of the page before, with the same filters.', type: String })
  @MayBeAbsent()
  @IsString()
  @MaxLength(1000)
  cursor?: string;
}
