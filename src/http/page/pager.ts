import { Inject, Injectable } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { derivedKeys } from '../../config/jwt-secret.js';
import { type CursorScope, decodeCursor, encodeCursor } from './cursor.js';
import type { PageQuery } from './page.query.js';
import type { Slice, SliceRequest } from './slice.js';

/** A page as it is answered. */
export interface Page<T> {
  data: T[];
  nextCursor?: string;
  hasMore: boolean;
}

/** Reads and writes cursors, signed with a key derived from the platform's secret, so that every API process knows them. */
@Injectable()
export class Pager {
  /** The first signs. */
  private readonly keys: readonly Buffer[];

  constructor(@Inject(ENVIRONMENT) environment: Environment) {
    this.keys = derivedKeys(environment, 'cursor');
  }

  /** Throws InvalidCursorError. */
  request(query: PageQuery, scope: CursorScope): SliceRequest {
    const after = query.cursor === undefined ? undefined : decodeCursor(this.keys, scope, query.cursor);
    return { limit: query.limit, after };
  }

  page<T, R>(slice: Slice<T>, scope: CursorScope, toResponse: (row: T) => R): Page<R> {
    const { last } = slice;
    return {
      data: slice.rows.map(toResponse),
      ...(slice.hasMore && last !== undefined && { nextCursor: encodeCursor(this.keys[0]!, scope, last) }),
      hasMore: slice.hasMore,
    };
  }
}
