/** Of one value or more. */
export const median = (values: readonly number[]) => quantile(values, 0.5);

/** `share` 0–1, of one value or more, between neighbours in proportion (type 7 of Hyndman & Fan 1996). */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)]!;
  return below + (at - Math.floor(at)) * (sorted[Math.ceil(at)]! - below);
}
