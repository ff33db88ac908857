import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { ContentProblem } from '../content/content-problem-type.js';
import type { Dataset } from '../dataset.entity.js';

/** Something that keeps a dataset from being trained on. */
export class ContentProblemResponse {
  @ApiProperty({ description: 'For programs.', example: 'row_too_short' })
  code: string;

  @ApiProperty({ description: 'For people.', example: 'Row 17 has 3 columns where the header has 4.' })
  detail: string;

  @ApiPropertyOptional({ description: 'Line or record, from 1, as an editor counts.', type: 'integer', example: 17 })
  row?: number;

  @ApiPropertyOptional({ description: 'Name of the column; images: path in the archive.', type: String })
  column?: string;

  static from(this: void, { code, detail, row, column }: ContentProblem): ContentProblemResponse {
    return { code, detail, row, column };
  }

  static first(this: void, { errorCode, error, problems }: Dataset): ContentProblemResponse | undefined {
    if (errorCode === null) return undefined;
    const [first] = problems ?? [];
    return { code: errorCode, detail: error ?? '', row: first?.row, column: first?.column };
  }
}
