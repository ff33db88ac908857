import type { FastifyInstance } from 'fastify';

/** Bytes of a body that nobody wants any more which are read and thrown away, so that its sender gets to see the answer. */
export const MOST_DRAINED = 33_554_432;
/** Milliseconds in which they have to come. */
const DRAINED_MS = 15_000;

/** A request that is answered before its body has arrived: what still comes is dropped, and too much ends the connection. */
export function drainUnreadBodies(fastify: FastifyInstance): void {
  fastify.addHook('onResponse', (request, _reply, done) => {
    const { raw } = request;
    if (!raw.complete && !raw.destroyed) {
      let seen = 0;
      const late = setTimeout(() => raw.destroy(), DRAINED_MS).unref();
      raw.unpipe();
      raw.on('data', (chunk: Buffer) => {
        seen += chunk.byteLength;
        if (seen > MOST_DRAINED) raw.destroy();
      });
      raw.on('error', () => {});
      for (const event of ['end', 'close'] as const) raw.once(event, () => clearTimeout(late));
      raw.resume();
    }
    done();
  });
}
