import type { FastifyInstance } from 'fastify';
import { refusedConnections } from '../problem/refused-connections.js';

/** Closes new connections beyond so many (0: any number); what was refused is on record when the server has closed. */
export function limitConnections(fastify: FastifyInstance, most: number): void {
  const { server } = fastify;
  server.maxConnections = most || Infinity;
  server.on('drop', (dropped?: { remoteAddress?: string }) =>
    refusedConnections.add('too_many_connections', dropped?.remoteAddress),
  );
  fastify.addHook('onClose', async () => refusedConnections.close());
}
