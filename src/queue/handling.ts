import type { WorkerOptions } from 'bullmq';

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
