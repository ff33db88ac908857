import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';
import { CleanText } from '../../../../http/validation/clean-text.js';
import { MayBeAbsent } from '../../../../http/validation/may-be-absent.js';

export class StreamTicketRequest {
  @ApiPropertyOptional({
    description: 'The job whose stream is to be opened; without it, the stream of all jobs.',
    type: String,
    minLength: 1,
    maxLength: 128,
    example: 'job_123',
  })
  @MayBeAbsent()
  @IsString()
  @MinLength(1)
  @MaxLength(128)
  @CleanText()
  jobId?: string;
}
