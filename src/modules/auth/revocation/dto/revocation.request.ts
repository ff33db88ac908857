import { ApiProperty } from '@nestjs/swagger';
import { IsString, Matches, MaxLength, MinLength } from 'class-validator';
import { CleanText } from '../../../../http/validation/clean-text.js';
import { Reason } from '../../../../http/validation/reason.js';

const EXAMPLE = 'Left the company.';

export class RevokeEveryoneRequest {
  @Reason(EXAMPLE)
  reason?: string;
}

export class RevokeRequest {
  @ApiProperty({
    description: 'Whose tokens: the `sub` that they carry.',
    minLength: 1,
    maxLength: 128,
    pattern: '^\\S(.*\\S)?$',
    example: 'alice',
  })
  @IsString()
  @MinLength(1)
  @MaxLength(128)
  @Matches(/^\S(.*\S)?$/su, { message: '$property must not begin or end with white space' })
  @CleanText()
  subject: string;

  @Reason(EXAMPLE)
  reason?: string;
}
