import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsEnum } from 'class-validator';
import { MayBeAbsent } from '../../../http/validation/may-be-absent.js';
import { RetryFrom } from '../job-retry.service.js';

export class RetryJobRequest {
  @ApiPropertyOptional({
    description: 'After the last epoch that was persisted, or anew.',
    enum: RetryFrom,
    enumName: 'RetryFrom',
    default: RetryFrom.Checkpoint,
  })
  @MayBeAbsent()
  @IsEnum(RetryFrom)
  from?: RetryFrom;
}
