import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { pageResponse } from '../../../http/page/page.response.js';
import type { AuditEntry } from '../audit-entry.entity.js';

const FIELDS = { type: 'object', additionalProperties: true } as const;

/** One change by somebody. */
export class AuditEntryResponse {
  @ApiProperty({ description: 'From 1 on, without a gap, for each tenant.', type: 'integer', example: 12 })
  number: number;

  @ApiProperty({ description: 'ISO 8601, UTC.', type: String, format: 'date-time' })
  at: Date;

  @ApiProperty({ description: 'Who, as their token names them.', example: 'alice' })
  actor: string;

  @ApiProperty({ description: 'The operation, by its id in this document.', example: 'models_deploy' })
  action: string;

  @ApiProperty({ description: 'The kind of thing that changed; an open list.', example: 'version' })
  resource: string;

  @ApiProperty({ description: 'Its id.', example: 'version_123' })
  resourceId: string;

  @ApiPropertyOptional({
    description: 'What changed of it, as it was, without what was not set; absent: it is new.',
    ...FIELDS,
  })
  before?: Record<string, unknown>;

  @ApiPropertyOptional({
    description: 'What changed of it, as it is since, without what is not set; absent: it is gone.',
    ...FIELDS,
  })
  after?: Record<string, unknown>;

  @ApiProperty({ description: 'The request, as in its answer’s `X-Request-Id`.' })
  requestId: string;

  @ApiProperty({ description: 'Where the request came from.', example: '192.0.2.7' })
  address: string;

  @ApiProperty({ description: 'Binds the entry to the one before; SHA-256 in hex.' })
  hash: string;

  static from(this: void, entry: AuditEntry): AuditEntryResponse {
    const { number, at, actor, action, resource, resourceId, before, after, requestId, address, hash } = entry;
    return {
      number,
      at,
      actor,
      action,
      resource,
      resourceId,
      before: before ?? undefined,
      after: after ?? undefined,
      requestId,
      address,
      hash,
    };
  }
}

export class AuditPage extends pageResponse(AuditEntryResponse) {}
