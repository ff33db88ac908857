import type { FastifyInstance } from 'fastify';
import { isStreamed } from '../upload/streamed-body.js';
import { BodyTooLargeError } from './body.errors.js';
import { MOST_DRAINED } from './drain-unread.js';

/**
 * Refuses a body by its Content-Length. It is read to its end before the answer goes out: a client that is still
 * sending when the connection closes sees a broken pipe and never the 413. Longer ones have to live with that.
 */
export function refuseOversizedBodies(fastify: FastifyInstance, limit: number): void {
  fastify.addHook('preParsing', (request, _reply, payload, done) => {
    const length = Number(request.headers['content-length'] ?? 0);
    if (length <= limit || isStreamed(request)) return done(null, payload);
    const refuse = () => done(new BodyTooLargeError(limit));
    if (length > MOST_DRAINED) return refuse();
    payload.once('end', refuse).once('error', refuse).resume();
  });
}
