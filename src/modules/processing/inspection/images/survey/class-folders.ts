/** More make no classes but names: the result of a run could not hold them. */
export const MOST_CLASSES = 1000;

/** Counts images by folder. Which folders are classes only shows at the end, as one may lie around them all. */
export class ClassFolders {
  readonly #tops = new Map<string, number>();
  /** The folders within the first top folder; of no use once there is a second. */
  readonly #within = new Map<string, number>();

  /** `folders` from the top to an image; at least one. */
  add([top = '', within]: string[]): void {
    count(this.#tops, top);
    if (within !== undefined && this.#tops.size === 1) count(this.#within, within);
  }

  /** How many folders lie above the classes: one where all images lie in the same, and further folders are in it. */
  get depth(): 0 | 1 {
    return this.#tops.size === 1 && this.#within.size > 0 ? 1 : 0;
  }

  /** Images by class, the most frequent first; one more than `MOST_CLASSES` where there are too many. */
  get counts(): { value: string; count: number }[] {
    const counts = this.depth === 1 ? this.#within : this.#tops;
    return [...counts]
      .map(([value, images]) => ({ value, count: images }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  }
}

function count(counts: Map<string, number>, key: string): void {
  const before = counts.get(key);
  if (before === undefined && counts.size > MOST_CLASSES) return;
  counts.set(key, (before ?? 0) + 1);
}
