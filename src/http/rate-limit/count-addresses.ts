import type { FastifyInstance } from 'fastify';
import { PROBES } from '../base-path.js';
import { addressOf } from '../request/client-address.js';
import type { RateLimits } from './rate-limits.js';

/** Counts each request for its address before anything else is looked at, so that tokens cannot be guessed at will. */
export function countAddresses(fastify: FastifyInstance, limits: RateLimits): void {
  fastify.addHook('onRequest', async (request, reply) => {
    // A watcher that is told to wait would restart the process.
    if (!PROBES.includes(request.routeOptions.url ?? '')) await limits.arrive(reply, addressOf(request));
  });
}
