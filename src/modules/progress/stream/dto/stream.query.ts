import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { MayBeAbsent } from '../../../../http/validation/may-be-absent.js';

/** What the stream of a tenant's jobs accepts. */
export class StreamQuery {
  @ApiPropertyOptional({
    description: 'Resume after the event with this id. The header Last-Event-ID, where it is sent, goes before it.',
    type: String,
  })
  @MayBeAbsent()
  @IsString()
  @MaxLength(300)
  after?: string;

  @ApiPropertyOptional({
    description:
      'From `POST /stream-tickets`, in place of the Authorization header, which a browser’s EventSource cannot send.',
    type: String,
  })
  @MayBeAbsent()
  @IsString()
  @MaxLength(4_000)
  ticket?: string;
}
