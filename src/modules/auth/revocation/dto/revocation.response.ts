import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { pageResponse } from '../../../../http/page/page.response.js';
import type { Revocation } from '../revocation.entity.js';

export class RevocationResponse {
  @ApiProperty({ description: 'Sorts by time.', example: 'revocation_123' })
  id: string;

  @ApiPropertyOptional({ description: 'Whose tokens; absent: those of everyone in the tenant.', example: 'alice' })
  subject?: string;

  @ApiProperty({
    description: 'Tokens that were issued until then are refused. ISO 8601, UTC.',
    type: String,
    format: 'date-time',
  })
  revokedAt: Date;

  @ApiProperty({ description: 'Who asked for it.', example: 'admin' })
  actor: string;

  @ApiPropertyOptional({ description: 'Why.', example: 'Left the company.' })
  reason?: string;

  static from(this: void, { id, subject, at, actor, reason }: Revocation): RevocationResponse {
    return { id, subject: subject ?? undefined, revokedAt: at, actor, reason: reason ?? undefined };
  }
}

export class RevocationPage extends pageResponse(RevocationResponse) {}
