import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { pageResponse } from '../../../http/page/page.response.js';
import type { ModelSummary } from '../models.repository.js';

export class ModelResponse {
  @ApiProperty({ description: 'The `modelId` of its jobs.', example: 'customer_segmentation_model' })
  id: string;

  @ApiPropertyOptional({ description: 'The highest version.', type: String, example: '1.2.0' })
  latestVersion?: string;

  @ApiPropertyOptional({ description: 'The version that is deployed, if one is.', type: String, example: '1.1.0' })
  deployedVersion?: string;

  @ApiProperty({ description: 'How many versions it has, those still in training not counted.', type: 'integer' })
  versions: number;

  @ApiProperty({ description: 'ISO 8601, UTC.', type: String, format: 'date-time' })
  createdAt: Date;

  @ApiProperty({ description: 'ISO 8601, UTC.', type: String, format: 'date-time' })
  updatedAt: Date;

  static from(this: void, model: ModelSummary): ModelResponse {
    return {
      id: model.id,
      latestVersion: model.latestVersion ?? undefined,
      deployedVersion: model.deployedVersion ?? undefined,
      versions: model.versions,
      createdAt: model.createdAt,
      updatedAt: model.updatedAt,
    };
  }
}

export class ModelPage extends pageResponse(ModelResponse) {}
