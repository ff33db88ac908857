import type { FastifyReply } from 'fastify';
import { BASE_PATH } from './base-path.js';

/** Says where a new resource is. */
export function created(reply: FastifyReply, collection: string, id: string): void {
  void reply.header('location', `/${BASE_PATH}/${collection}/${id}`);
}

/** Its documentation. */
export const LOCATION = {
  Location: { description: 'Path of the new resource.', schema: { type: 'string' as const } },
};
