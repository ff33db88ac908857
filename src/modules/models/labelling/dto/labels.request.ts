import { ApiProperty } from '@nestjs/swagger';
import { IsObject } from 'class-validator';
import { LABELS } from '../../dto/labels.schema.js';

export class LabelsRequest {
  @ApiProperty({
    description:
      'At most 32, in place of all that there are. Names: 1–63 of A-Z, a-z, 0-9, `.`, `_`, `/`, `-`, the first a letter or digit. Values: texts of at most 128 characters, without commas.',
    ...LABELS,
  })
  @IsObject()
  labels: Record<string, unknown>;
}
