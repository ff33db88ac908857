import type { FastifyInstance } from 'fastify';
import { isStreamed } from './streamed-body.js';

/** Bytes of a refused upload that are read and thrown away, so that its sender gets to see the answer. */
const MOST_DRAINED = 33_554_432;

/** An upload that is answered before it has arrived: what still comes is dropped, and too much of it ends the connection. */
export function drainRefusedUploads(fastify: FastifyInstance): void {
  fastify.addHook('onResponse', (request, _reply, done) => {
    const { raw } = request;
    if (isStreamed(request) && !raw.complete) {
      let seen = 0;
      raw.unpipe();
      raw.on('data', (chunk: Buffer) => {
        seen += chunk.byteLength;
        if (seen > MOST_DRAINED) raw.destroy();
      });
      raw.on('error', () => {});
      raw.resume();
    }
    done();
  });
}
