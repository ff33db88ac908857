import type { Type } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Page } from './pager.js';

/** The documented shape of a page; extended by a named class for each kind of item. */
export function pageResponse<T>(Item: Type<T>): Type<Page<T>> {
  class PageResponse implements Page<T> {
    @ApiProperty({ description: 'The items of this page.', type: () => [Item] })
    data: T[];

    @ApiPropertyOptional({
      description: 'Opaque; pass it as `cursor` to get the next page. Absent on the last one.',
      type: String,
    })
    nextCursor?: string;

    @ApiProperty({ description: 'Whether there are further pages.' })
    hasMore: boolean;
  }
  return PageResponse;
}
