import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { pageResponse } from '../../../http/page/page.response.js';
import { DatasetStatus } from '../dataset-state.js';
import { DatasetType } from '../dataset-type.js';
import type { Dataset } from '../dataset.entity.js';
import { ContentProblemResponse } from './content-problem.response.js';
import { DatasetContentResponse } from './dataset-content.response.js';
import { DatasetMetadataResponse } from './dataset-metadata.response.js';

export class DatasetResponse {
  @ApiProperty({ description: 'Sorts by time of creation.', example: 'dataset_019363f2a0c07d4f8b1e5a6c9d2e3f40' })
  id: string;

  @ApiProperty({ description: 'For people.', example: 'Customer Classification Dataset' })
  name: string;

  @ApiProperty({ description: 'For people; may be empty.' })
  description: string;

  @ApiProperty({ description: 'What the data are for.', enum: DatasetType, enumName: 'DatasetType' })
  type: DatasetType;

  @ApiPropertyOptional({
    description: 'Rows (images: files); absent until an upload has been counted.',
    type: 'integer',
    format: 'int64',
    example: 10_000,
  })
  size?: number;

  @ApiPropertyOptional({
    description: 'Names of the columns to learn from; absent until an upload has been read.',
    type: [String],
    example: ['age', 'income', 'purchase_history', 'location'],
  })
  features?: string[];

  @ApiPropertyOptional({ description: 'The column to predict.', type: String, example: 'customer_segment' })
  targetColumn?: string;

  @ApiProperty({
    description:
      'uploading: waits for its bytes. processing: a worker is to look at it. ready: can be trained on. error: see `error`.',
    enum: DatasetStatus,
    enumName: 'DatasetStatus',
  })
  status: DatasetStatus;

  @ApiPropertyOptional({ description: 'Why the status is `error`.', type: () => ContentProblemResponse })
  error?: ContentProblemResponse;

  @ApiPropertyOptional({
    description:
      'What was found wrong, the first twenty; the first of them is `error`. More may show once these are mended.',
    type: () => [ContentProblemResponse],
  })
  problems?: ContentProblemResponse[];

  @ApiProperty({ description: 'Where the bytes are and how to read them.', type: () => DatasetMetadataResponse })
  metadata: DatasetMetadataResponse;

  @ApiPropertyOptional({ description: 'The bytes that were uploaded.', type: () => DatasetContentResponse })
  content?: DatasetContentResponse;

  @ApiPropertyOptional({ description: 'The dataset that this one is a later version of.', type: String })
  derivedFrom?: string;

  @ApiProperty({ description: 'ISO 8601, UTC.', type: String, format: 'date-time' })
  createdAt: Date;

  @ApiProperty({ description: 'ISO 8601, UTC.', type: String, format: 'date-time' })
  updatedAt: Date;

  static from(this: void, dataset: Dataset): DatasetResponse {
    const { source, format, encoding, delimiter, hasHeader } = dataset.metadata;
    return {
      id: dataset.id,
      name: dataset.name,
      description: dataset.description,
      type: dataset.type,
      size: dataset.size ?? undefined,
      features: dataset.features ?? undefined,
      targetColumn: dataset.targetColumn ?? undefined,
      status: dataset.status,
      error: ContentProblemResponse.first(dataset),
      problems: dataset.problems?.map(ContentProblemResponse.from),
      metadata: { source, format, encoding, delimiter, hasHeader },
      content: DatasetContentResponse.from(dataset),
      derivedFrom: dataset.derivedFrom ?? undefined,
      createdAt: dataset.createdAt,
      updatedAt: dataset.updatedAt,
    };
  }
}

export class DatasetPage extends pageResponse(DatasetResponse) {}
