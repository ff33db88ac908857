import type { Logger } from '@nestjs/common';
import type { WorkerOptions } from 'bullmq';
import { remedyFor } from '../database/remedy.js';

/** A delivery that was not acknowledged. The row is as it was: the reconciler sends it again. */
export function reportFailed(logger: Logger, row: Record<string, string | undefined>, error: Error): void {
  const msg = 'Delivery failed; the reconciler will see to it';
  // Nobody's fault while the database is away.
  if (remedyFor(error) === 'retry') logger.warn({ msg, ...row, reason: error.message });
  else logger.error({ msg, ...row, err: error });
}

/**
 * How workers take deliveries. `autorun: false`: they start once the process is ready. Stalled deliveries are handed
 * out again without limit, because poison is found in our own rows.
 */
export const DELIVERY_HANDLING = {
  autorun: false,
  lockDuration: 30_000,
  stalledInterval: 30_000,
  maxStalledCount: 1_000_000,
  // After an outage: the default of 15 s leaves a worker idle long after its store is back.
  runRetryDelay: 1_000,
} satisfies Partial<WorkerOptions>;
