import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsEnum } from 'class-validator';
import { MayBeAbsent } from '../../../http/validation/may-be-absent.js';
import { Text } from '../../../http/validation/text.js';
import { DatasetFormat, type DatasetMetadata } from '../dataset-type.js';

/** Where the bytes are and how to read them. */
export class DatasetMetadataRequest implements DatasetMetadata {
  @Text(
    { max: 500 },
    {
      description:
        '`upload`: the bytes will be sent to the platform. Anything else names the place where they are held.',
      example: 'CRM_system',
    },
  )
  source: string;

  @ApiProperty({ description: 'Format of the data.', enum: DatasetFormat, enumName: 'DatasetFormat' })
  @IsEnum(DatasetFormat)
  format: DatasetFormat;

  @MayBeAbsent()
  @Text({ max: 50 }, { description: 'Character encoding.', example: 'utf-8', required: false })
  encoding?: string;

  @MayBeAbsent()
  @Text(
    { max: 10, trim: false, controls: '\t' },
    { description: 'What separates the columns of a csv file.', example: ',', required: false },
  )
  delimiter?: string;

  @ApiPropertyOptional({ description: 'Whether the first row of a csv file holds the names of the columns.' })
  @MayBeAbsent()
  @IsBoolean()
  hasHeader?: boolean;
}
