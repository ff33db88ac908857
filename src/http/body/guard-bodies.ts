import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { TokenAccess } from '../token-access.js';
import { isStreamed } from '../upload/streamed-body.js';

/** Bytes that are kept for anybody until it is known who it is. */
const FOR_ANYBODY = 16_384;

/**
 * Larger bodies are kept for those alone who have a token: routes ask for it when the body has arrived whole, and
 * strangers could fill the memory meanwhile, where there is no route as well. Streamed ones are not kept at all.
 */
export function guardBodies(fastify: FastifyInstance, access: TokenAccess): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (isStreamed(request) || !isLarge(request)) return done();
    access.admit(request.headers.authorization, { role: 'viewer' }).then(() => done(), done);
  });
}

/** Or may be: chunks come without their number. */
function isLarge({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > FOR_ANYBODY;
}
