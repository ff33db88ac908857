import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { pageResponse } from '../../../http/page/page.response.js';
import type { ModelSummary } from '../finding/found-model.js';
import type { Labels } from '../labels.js';
import { LABELS } from './labels.schema.js';
import { MatchedVersionResponse } from './matched-version.response.js';
import { StatusCountsResponse } from './status-counts.response.js';

export class ModelResponse {
  @ApiProperty({ description: 'The `modelId` of its jobs.', example: 'customer_segmentation_model' })
  id: string;

  @ApiProperty({ description: 'What people say of it.', ...LABELS })
  labels: Labels;

  @ApiPropertyOptional({ description: 'The highest version.', type: String, example: '1.2.0' })
  latestVersion?: string;

  @ApiPropertyOptional({ description: 'The version that is deployed, if one is.', type: String, example: '1.1.0' })
  deployedVersion?: string;

  @ApiProperty({ description: 'How many versions have a number.', type: 'integer' })
  versions: number;

  @ApiPropertyOptional({
    description: 'How many are in which status; not in lists.',
    type: () => StatusCountsResponse,
  })
  versionsByStatus?: StatusCountsResponse;

  @ApiPropertyOptional({
    description:
      'In lists with filters or a sort: the version that meets all filters, the best by the metric of the sort, or else the newest. Absent where the model was found by its own labels alone and has none.',
    type: () => MatchedVersionResponse,
  })
  matchedVersion?: MatchedVersionResponse;

  @ApiProperty({ description: 'ISO 8601, UTC.', type: String, format: 'date-time' })
  createdAt: Date;

  @ApiProperty({ description: 'ISO 8601, UTC.', type: String, format: 'date-time' })
  updatedAt: Date;

  static from(this: void, model: ModelSummary): ModelResponse {
    return {
      id: model.id,
      labels: model.labels,
      latestVersion: model.latestVersion ?? undefined,
      deployedVersion: model.deployedVersion ?? undefined,
      versions: model.versions,
      versionsByStatus: model.statuses && StatusCountsResponse.from(model.statuses),
      matchedVersion: model.matched && MatchedVersionResponse.from(model.matched),
      createdAt: model.createdAt,
      updatedAt: model.updatedAt,
    };
  }
}

export class ModelPage extends pageResponse(ModelResponse) {}
