import type { FastifyInstance } from 'fastify';
import { inspectJson } from './inspect-json.js';

/** Holds queries to the rules of bodies: the validation pipe drops such keys without a word. */
export function refuseUnsafeQueries(fastify: FastifyInstance): void {
  fastify.addHook('preValidation', (request, _reply, done) => {
    try {
      inspectJson(request.query);
      done();
    } catch (error) {
      done(error as Error);
    }
  });
}
