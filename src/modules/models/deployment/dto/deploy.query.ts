import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { MayBeAbsent } from '../../../../http/validation/may-be-absent.js';

export class DeployQuery {
  @ApiPropertyOptional({
    description: 'true: only tells whether the version may be deployed, and why. Takes no notice of Idempotency-Key.',
    type: Boolean,
    default: false,
  })
  @MayBeAbsent()
  @IsIn(['true', 'false'])
  dryRun?: 'true' | 'false';
}
