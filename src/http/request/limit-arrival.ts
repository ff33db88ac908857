import type { FastifyInstance } from 'fastify';
import { refuseConnection } from '../problem/refuse-connection.js';
import { isStreamed } from '../upload/streamed-body.js';

/** Milliseconds in which the body of an ordinary request has to arrive whole; uploads have limits of their own. */
const ARRIVAL_MS = 60_000;

/** Node's own limit holds for a whole server, and uploads may take hours. */
export function limitArrival(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const { raw } = request;
    const hasBody = raw.headers['transfer-encoding'] !== undefined || Number(raw.headers['content-length'] ?? 0) > 0;
    if (hasBody && !isStreamed(request)) {
      const late = setTimeout(() => {
        const error = Object.assign(new Error('The body is late'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
        if (!raw.complete && !reply.sent) refuseConnection(error, raw.socket);
      }, ARRIVAL_MS);
      for (const event of ['end', 'close'] as const) raw.once(event, () => clearTimeout(late));
    }
    done();
  });
}
