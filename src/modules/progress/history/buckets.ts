/** How a range is cut up to find its extremes. */
export interface Buckets {
  /** Equal parts of the range by epoch. */
  count: number;
  /** Equal parts of each bucket. */
  steps: number;
}

/** What reading a row to find an extreme costs beside what gathering a step costs; measured. */
const STEP_COST = 8;

/** As many buckets as leave room for first, last, least and greatest of each series within that many points. */
export function bucketsWithin(maxPoints: number, series: number, epochs: number): Buckets {
  return bucketsOf(Math.max(1, Math.floor(maxPoints / (2 + 2 * series))), series, epochs);
}

/**
 * Steps such that gathering them and reading one for each extreme costs least together: their length is
 * √(cost × epochs / extremes).
 */
export function bucketsOf(count: number, series: number, epochs: number): Buckets {
  const length = Math.sqrt((STEP_COST * epochs) / (2 * series * count));
  return { count, steps: Math.max(1, Math.round(epochs / count / length)) };
}
