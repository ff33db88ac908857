import type { FastifyInstance } from 'fastify';
import type { Role } from './role.js';
import type { TokenAccess } from './token-access.js';

/** What makes a browser ask: any name, and a token as the password. */
const CHALLENGE = 'Bearer, Basic realm="AI Training Platform: a token as the password", charset="UTF-8"';

/** Guards the routes at and below a path. By what the router has found, not by the URL: that can be written in many ways. */
export function guardPages(fastify: FastifyInstance, path: string, access: TokenAccess, needed: Role): void {
  fastify.addHook('onRequest', async (request, reply) => {
    if (!request.routeOptions.url?.startsWith(path)) return;
    reply.header('www-authenticate', CHALLENGE);
    await access.admit(request.headers.authorization, needed);
    reply.removeHeader('www-authenticate');
  });
}
