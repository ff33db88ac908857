import type { FastifyInstance } from 'fastify';
import type { RateLimits } from './rate-limits.js';

/** Asked by whatever keeps the process running; it must not be told to wait. */
const PROBES = new Set(['/livez', '/readyz']);

/** Counts each request for its address before anything else is looked at, so that tokens cannot be guessed at will. */
export function countAddresses(fastify: FastifyInstance, limits: RateLimits): void {
  fastify.addHook('onRequest', async (request, reply) => {
    if (!PROBES.has(request.routeOptions.url ?? '')) await limits.arrive(reply, request.ip);
  });
}
