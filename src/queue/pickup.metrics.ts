import { histogram, SHORT_SECONDS } from '../metrics/registry.js';

export const pickupDelay = histogram({
  name: 'pickup_delay_seconds',
  help: 'From the queue having a delivery to a worker taking it, by the clocks of both.',
  labels: ['queue'],
  buckets: [...SHORT_SECONDS, 30, 60, 300, 1_800, 7_200],
});
