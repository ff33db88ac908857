import { histogram, SHORT_SECONDS } from '../metrics/registry.js';

/** The tables that are outboxes, as the queues are called to whoever reads the metrics. */
export const QUEUE_OF = { training_jobs: 'training', training_datasets: 'datasets' } as const;

export const dispatchDelay = histogram({
  name: 'dispatch_delay_seconds',
  help: 'From the moment from which a row was due, last, to the queue having it; waiting for a quota is part of it.',
  labels: ['queue'],
  buckets: [...SHORT_SECONDS, 30, 60, 300],
});
