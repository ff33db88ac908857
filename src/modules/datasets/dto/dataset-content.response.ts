import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Dataset } from '../dataset.entity.js';

/** The bytes of an uploaded dataset. */
export class DatasetContentResponse {
  @ApiProperty({ description: 'Bytes.', type: 'integer', format: 'int64', example: 5_107 })
  bytes: number;

  @ApiProperty({ description: 'Of the bytes, hexadecimal.', minLength: 64, maxLength: 64 })
  sha256: string;

  @ApiPropertyOptional({ description: 'As the sender called the file.', type: String, example: 'customers.csv' })
  fileName?: string;

  @ApiProperty({ description: 'ISO 8601, UTC.', type: String, format: 'date-time' })
  uploadedAt: Date;

  static from(this: void, dataset: Dataset): DatasetContentResponse | undefined {
    const { contentBytes, contentSha256, contentName, uploadedAt } = dataset;
    if (contentBytes === null || contentSha256 === null || uploadedAt === null) return undefined;
    return { bytes: contentBytes, sha256: contentSha256, fileName: contentName ?? undefined, uploadedAt };
  }
}
