import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { VersionStatus } from '../../version-state.js';
import { DeployRequest } from './deploy.request.js';

const STATUSES = [VersionStatus.Ready, VersionStatus.Deployed, VersionStatus.Archived] as const;

/** `override` goes with `deployed` alone. */
export class UpdateVersionRequest extends DeployRequest {
  @ApiProperty({
    description: 'deployed: deploy it; archived: archive it; ready: restore it.',
    enum: [...STATUSES],
    enumName: 'WantedVersionStatus',
  })
  @IsIn(STATUSES)
  status: (typeof STATUSES)[number];
}
