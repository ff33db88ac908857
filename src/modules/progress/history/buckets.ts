import { BLOCK_EPOCHS } from '../../jobs/progress-block.entity.js';

/** How a range is cut up to find its extremes. */
export interface Buckets {
  /** Equal parts of the range by epoch. */
  count: number;
  /** Equal parts of each bucket; null: the buckets are made of blocks. */
  steps: number | null;
}

/** What reading a row to find an extreme costs beside what gathering a step costs; measured. */
const STEP_COST = 8;

/** Blocks of a bucket from which on its edges lie at theirs: none is then longer than another by more than half. */
const MANY_BLOCKS = 2;

/** As many buckets as leave room for first, last, least and greatest of each series within that many points. */
export function bucketsWithin(maxPoints: number, series: number, epochs: number): Buckets {
  return bucketsOf(Math.max(1, Math.floor(maxPoints / (2 + 2 * series))), series, epochs, MANY_BLOCKS);
}

/**
 * Made of blocks where each has at least as many of them. Else with steps such that gathering them and reading one for
 * each extreme costs least together: their length is √(cost × epochs / extremes).
 */
export function bucketsOf(count: number, series: number, epochs: number, blocks = 1): Buckets {
  if (epochs >= count * blocks * BLOCK_EPOCHS) return { count, steps: null };
  const length = Math.sqrt((STEP_COST * epochs) / (2 * series * count));
  return { count, steps: Math.max(1, Math.round(epochs / count / length)) };
}
