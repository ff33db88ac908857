import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { VersionStatus } from '../../version-state.js';
import { ReasonRequest } from './reason.request.js';

const STATUSES = [VersionStatus.Ready, VersionStatus.Deployed, VersionStatus.Archived] as const;

export class UpdateVersionRequest extends ReasonRequest {
  @ApiProperty({
    description: 'deployed: deploy it; archived: archive it; ready: restore it.',
    enum: STATUSES,
  })
  @IsIn(STATUSES)
  status: (typeof STATUSES)[number];
}
