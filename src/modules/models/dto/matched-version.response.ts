import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { MeasuredName } from '../../jobs/metrics.js';
import type { MatchedVersion } from '../finding/found-model.js';
import { VersionStatus } from '../version-state.js';
import { MEASURED_NAME } from './measured-name.schema.js';

export class MatchedVersionResponse {
  @ApiProperty({ description: 'Its id.', example: 'version_019363f2a0c07d4f8b1e5a6c9d2e3f40' })
  id: string;

  @ApiPropertyOptional({ description: 'Absent while it is in training.', type: String, example: '1.2.0' })
  version?: string;

  @ApiProperty({ description: 'Its status.', enum: VersionStatus, enumName: 'VersionStatus' })
  status: VersionStatus;

  @ApiPropertyOptional({
    description: 'The metric that the list is sorted by, if the version has it.',
    ...MEASURED_NAME,
  })
  metric?: MeasuredName;

  @ApiPropertyOptional({ description: 'What it measured there.', type: Number, example: 0.94 })
  value?: number;

  static from(this: void, { id, version, status, metric, value }: MatchedVersion): MatchedVersionResponse {
    return { id, version: version ?? undefined, status, metric, value };
  }
}
