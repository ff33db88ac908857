import { ApiProperty } from '@nestjs/swagger';
import type { DatasetProfileRow } from '../profile/dataset-profile.entity.js';
import type { PreviewValue } from '../profile/profile-type.js';

/** The first rows of a dataset. */
export class DatasetPreviewResponse {
  @ApiProperty({ description: 'Names of the columns, the first 200.', type: [String], example: ['age', 'segment'] })
  columns: string[];

  @ApiProperty({
    description: 'Rows, each with a value for each column: text, number, boolean or null. Long texts are cut.',
    type: 'array',
    items: {
      type: 'array',
      items: { nullable: true, oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }] },
    },
    example: [[31, 'gold']],
  })
  rows: PreviewValue[][];

  static from(this: void, { preview: { columns, rows } }: DatasetProfileRow, limit: number): DatasetPreviewResponse {
    return { columns, rows: rows.slice(0, limit) };
  }
}
