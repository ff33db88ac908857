/** Every reported measurement has six significant digits: rows stay tidy, and what a client recomputes agrees. */
export function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
