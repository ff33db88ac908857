/** The latest values of a series, at most `size` of them, oldest first. */
export class LastValues {
  readonly values: number[] = [];

  constructor(private readonly size: number) {}

  add(value: number): void {
    this.values.push(value);
    if (this.values.length > this.size) this.values.shift();
  }

  get isFull(): boolean {
    return this.values.length === this.size;
  }
}

export const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * Standard deviation of the noise on a smooth curve. Second differences take the curve out and leave the noise with six
 * times its variance; their median is not misled by a jump (0.6745 σ is the median of |N(0, σ²)|).
 */
export function noiseOf(values: readonly number[]): number {
  if (values.length < 5) return 0;
  const bends = values.slice(2).map((value, index) => Math.abs(value - 2 * values[index + 1]! + values[index]!));
  return median(bends) / 0.6745 / Math.sqrt(6);
}
