import { ApiProperty } from '@nestjs/swagger';

export class PixelRangeResponse {
  @ApiProperty({ description: 'Pixels of the smallest.', type: 'integer' })
  min: number;

  @ApiProperty({ description: 'Pixels of the largest.', type: 'integer' })
  max: number;

  @ApiProperty({ description: 'Pixels on average.' })
  mean: number;
}

export class ImagesProfileResponse {
  @ApiProperty({
    description: 'Files by format.',
    type: 'object',
    additionalProperties: { type: 'integer' },
    example: { jpeg: 120, png: 4 },
  })
  formats: Record<string, number>;

  @ApiProperty({ description: 'Widths.', type: () => PixelRangeResponse })
  width: PixelRangeResponse;

  @ApiProperty({ description: 'Heights.', type: () => PixelRangeResponse })
  height: PixelRangeResponse;
}
