/** What a list is asked for: at most `limit` rows that come after the id `after` in the list's order. */
export interface SliceRequest {
  limit: number;
  after?: string;
}

export interface Slice<T> {
  rows: T[];
  hasMore: boolean;
}

/** Cuts what was read with a limit of one more than asked for. */
export function sliceOf<T>(rows: T[], limit: number): Slice<T> {
  return { rows: rows.slice(0, limit), hasMore: rows.length > limit };
}
