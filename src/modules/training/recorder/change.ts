import type { JobPhase } from '../../jobs/job-state.js';
import type { Span } from '../../../tracing/spans.js';
import type { Estimate } from '../time-left.js';
import type { EpochReport } from '../trainer.js';

/** What one write says about a run. Without an epoch it changes the job row alone; every write renews the lease. */
export interface Change {
  epoch?: EpochReport;
  batch?: number;
  /** When an epoch ends, and inside it once it is known how long epochs take; null or absent leaves what the row has. */
  timeRemaining?: Estimate | null;
  phase?: JobPhase;
  /** Tells of the write, where it is traced. */
  span?: Span | undefined;
}

/** A heartbeat: nothing but the renewed lease. */
export const HEARTBEAT: Change = {};

/** `refused`: the guard did not let it through; the run reads its row to learn why. */
export type Outcome = 'written' | 'refused';
