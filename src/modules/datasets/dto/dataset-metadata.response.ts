import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { DatasetFormat } from '../dataset-type.js';

export class DatasetMetadataResponse {
  @ApiProperty({ description: '`upload`, or the place where the data are held.', example: 'CRM_system' })
  source: string;

  @ApiProperty({ description: 'Format of the data.', enum: DatasetFormat, enumName: 'DatasetFormat' })
  format: DatasetFormat;

  @ApiPropertyOptional({ description: 'Character encoding.', example: 'utf-8' })
  encoding?: string;

  @ApiPropertyOptional({ description: 'What separates the columns of a csv file.', example: ',' })
  delimiter?: string;

  @ApiPropertyOptional({ description: 'Whether the first row of a csv file holds the names of the columns.' })
  hasHeader?: boolean;
}
