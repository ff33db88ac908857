import type { Counted, Standing } from './policy.js';

/** Counts requests, in this process or in all. */
export interface RateCounter {
  /** Counts a request under each of the policies; where one refuses, the others have counted it all the same. */
  count(requests: readonly Counted[]): Promise<Standing[]>;
  close(): void;
}
