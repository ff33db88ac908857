import type { FastifyInstance } from 'fastify';

/** Of swagger-ui-dist, which holds its package.json, source maps and licences as well: what the page asks for. */
const PAGE_FILES: ReadonlySet<unknown> = new Set([
  'swagger-ui.css',
  'swagger-ui-bundle.js',
  'swagger-ui-standalone-preset.js',
  'favicon-16x16.png',
  'favicon-32x32.png',
]);

/** All else below the path is not there. By what the router has found, as in guardPages. */
export function servePageFilesOnly(fastify: FastifyInstance, path: string): void {
  fastify.addHook('onRequest', async (request, reply) => {
    const { '*': file } = (request.params ?? {}) as { '*'?: string };
    if (request.routeOptions.url !== `${path}/*` || PAGE_FILES.has(file)) return;
    reply.callNotFound();
    return reply;
  });
}

/** @nestjs/swagger says of some of its texts not what they are encoded in. */
export function declareCharset(fastify: FastifyInstance, path: string): void {
  fastify.addHook('onSend', async (request, reply) => {
    const type = reply.getHeader('content-type');
    if (!request.routeOptions.url?.startsWith(path) || typeof type !== 'string') return;
    if (/^(text\/\w+|application\/javascript)$/.test(type)) reply.header('content-type', `${type}; charset=utf-8`);
  });
}
