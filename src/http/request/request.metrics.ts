import { gauge, histogram, SHORT_SECONDS } from '../../metrics/registry.js';

export const requestDuration = histogram({
  name: 'http_request_duration_seconds',
  help: 'From the arrival of a request to the end of its answer, streams included.',
  labels: ['method', 'route', 'status'],
  buckets: SHORT_SECONDS,
});

export const requestsInFlight = gauge({
  name: 'http_requests_in_flight',
  help: 'Requests that are being answered, streams included.',
});

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Methods are what the sender says: those that no route has are one. */
export const methodLabel = (method: string): string => (METHODS.has(method) ? method : 'other');
