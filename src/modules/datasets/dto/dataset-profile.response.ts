import { ApiProperty, ApiPropertyOptional, getSchemaPath, ApiExtraModels } from '@nestjs/swagger';
import type { DatasetProfileRow } from '../profile/dataset-profile.entity.js';
import type { DatasetProfile } from '../profile/profile-type.js';
import { ClassShareResponse, ColumnProfileResponse } from './column-profile.response.js';
import { ImagesProfileResponse } from './images-profile.response.js';

/** How the content was read where that was not declared. */
export class ReadAsResponse {
  @ApiPropertyOptional({ description: 'Character encoding.', type: String, example: 'utf-8' })
  encoding?: string;

  @ApiPropertyOptional({ description: 'What separates the columns.', type: String, example: ';' })
  delimiter?: string;

  @ApiPropertyOptional({ description: 'Whether the first row holds the names of the columns.', type: Boolean })
  hasHeader?: boolean;

  @ApiPropertyOptional({ description: 'Whether numbers have a comma for their decimal point.', type: Boolean })
  decimalComma?: boolean;

  @ApiPropertyOptional({ description: 'How records or files are laid out.', type: String, example: 'array' })
  layout?: string;
}

export class ProfileWarningResponse {
  @ApiProperty({ description: 'For programs.', example: 'constant_column' })
  code: string;

  @ApiProperty({ description: 'For people.' })
  detail: string;

  @ApiPropertyOptional({ description: 'The column that it is about.', type: String })
  column?: string;
}

/** What a worker measured of a dataset's content. */
@ApiExtraModels(ColumnProfileResponse)
export class DatasetProfileResponse {
  @ApiProperty({ description: 'The dataset.', example: 'dataset_019363f2a0c07d4f8b1e5a6c9d2e3f40' })
  datasetId: string;

  @ApiProperty({ description: 'Rows (images: files).', type: 'integer', format: 'int64', example: 150 })
  rows: number;

  @ApiProperty({ description: 'Size of the content, bytes.', type: 'integer', format: 'int64', example: 5_107 })
  bytes: number;

  @ApiProperty({ description: 'How the content was read.', type: () => ReadAsResponse })
  readAs: ReadAsResponse;

  @ApiProperty({ description: 'In their order.', type: 'array', items: { $ref: getSchemaPath(ColumnProfileResponse) } })
  columns: ColumnProfileResponse[];

  @ApiPropertyOptional({
    description: 'Classes of the target, the most frequent first; absent where it has none.',
    type: () => [ClassShareResponse],
  })
  classes?: ClassShareResponse[];

  @ApiPropertyOptional({ description: 'Rows that repeat an earlier one; absent where not counted.', type: 'integer' })
  duplicateRows?: number;

  @ApiPropertyOptional({ description: 'Image datasets only.', type: () => ImagesProfileResponse })
  images?: ImagesProfileResponse;

  @ApiProperty({ description: 'What to look at before training on it.', type: () => [ProfileWarningResponse] })
  warnings: ProfileWarningResponse[];

  @ApiProperty({ description: 'When it was measured. ISO 8601, UTC.', type: String, format: 'date-time' })
  measuredAt: Date;

  static from(this: void, { datasetId, profile, createdAt }: DatasetProfileRow): DatasetProfileResponse {
    return { datasetId, ...(profile satisfies DatasetProfile), measuredAt: createdAt };
  }
}
