/** What a list is asked for: at most `limit` rows that come after the key `after`, an id unless told, in its order. */
export interface SliceRequest {
  limit: number;
  after?: string;
}

export interface Slice<T> {
  rows: T[];
  hasMore: boolean;
  /** Key of the last row, where there is one. */
  last?: string;
}

/** Cuts what was read with a limit of one more than asked for. `keyOf`: what the list is in the order of. */
export function sliceOf<T extends { id: string }>(
  rows: T[],
  limit: number,
  keyOf: (row: T) => string = ({ id }) => id,
): Slice<T> {
  const kept = rows.slice(0, limit);
  const hasMore = rows.length > limit;
  const last = kept.at(-1);
  return { rows: kept, hasMore, ...(last && { last: keyOf(last) }) };
}
