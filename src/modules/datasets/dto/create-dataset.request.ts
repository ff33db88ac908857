import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsEnum, IsInt, IsObject, Max, Min, ValidateNested } from 'class-validator';
import { MayBeAbsent } from '../../../http/validation/may-be-absent.js';
import { Text, TextList } from '../../../http/validation/text.js';
import { DatasetType } from '../dataset-type.js';
import { DatasetMetadataRequest } from './dataset-metadata.request.js';

const MOST_ROWS = 1_000_000_000_000;
const COLUMN = { max: 200 };

export class CreateDatasetRequest {
  @Text({ max: 200 }, { description: 'For people.', example: 'Customer Classification Dataset' })
  name: string;

  @MayBeAbsent()
  @Text(
    { min: 0, max: 5_000, controls: '\n\t' },
    { description: 'For people; may have several lines; empty unless given.', required: false },
  )
  description?: string;

  @ApiProperty({
    description: 'What the data are for; decides which model types can learn from them.',
    enum: DatasetType,
    enumName: 'DatasetType',
  })
  @IsEnum(DatasetType)
  type: DatasetType;

  @ApiPropertyOptional({
    description: 'Rows (images: files). May be left out only when metadata.source is `upload`.',
    type: 'integer',
    format: 'int64',
    minimum: 1,
    maximum: MOST_ROWS,
    example: 10_000,
  })
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(MOST_ROWS)
  size?: number;

  @MayBeAbsent()
  @TextList(
    { ...COLUMN, maxItems: 10_000 },
    {
      description: 'Names of the columns to learn from, the target excluded. May be left out only for an `upload`.',
      example: ['age', 'income', 'purchase_history', 'location'],
      required: false,
    },
  )
  features?: string[];

  @MayBeAbsent()
  @Text(COLUMN, {
    description: 'The column to predict; classification and regression datasets without one end in `error`.',
    example: 'customer_segment',
    required: false,
  })
  targetColumn?: string;

  @MayBeAbsent()
  @Text(
    { max: 100 },
    {
      description: 'Id of the dataset that this one is a later version of.',
      example: 'dataset_019363f2a0c07d4f8b1e5a6c9d2e3f40',
      required: false,
    },
  )
  derivedFrom?: string;

  @ApiProperty({ description: 'Where the bytes are and how to read them.', type: () => DatasetMetadataRequest })
  @IsObject()
  @ValidateNested()
  @Type(() => DatasetMetadataRequest)
  metadata: DatasetMetadataRequest;
}
