/** A row of a ranked list. */
export interface Placed {
  id: string;
  /** What the list is in the order of, turned round where it descends; null comes last. Ties are in the order of ids. */
  key?: number | null;
}

/** For the cursor: JSON writes every double so that it reads back the same. */
export function keyOf({ key = null, id }: Placed): string {
  return JSON.stringify([key, id]);
}

/** Key and id, as parameters of a statement; both null at the beginning. The text is one of `keyOf`: cursors are signed. */
export function placeOf(after: string | undefined): [key: number | null, id: string | null] {
  return after === undefined ? [null, null] : (JSON.parse(after) as [number | null, string]);
}
