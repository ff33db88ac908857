import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { BodyNotJsonError } from '../body/body.errors.js';

const STREAM = 'application/octet-stream';

interface StreamedConfig {
  streamedBody?: boolean;
}

/** Marks a route whose body is handed over as it arrives, whatever its media type. */
export const StreamedBody = (): MethodDecorator => RouteConfig({ streamedBody: true } satisfies StreamedConfig);

/** The media type that the sender named, which `streamBodies` had to hide from the parsers. */
const mediaTypes = new WeakMap<object, string | undefined>();

export function isStreamed(request: FastifyRequest): boolean {
  return (request.routeOptions.config as StreamedConfig).streamedBody === true;
}

export function mediaTypeOf(request: FastifyRequest): string {
  return mediaTypes.get(request.raw) ?? STREAM;
}

/**
 * Hands the bodies of marked routes over unread; on all others they are refused as before. Parsers are chosen by media
 * type alone, so that a marked route's body goes by one type of its own.
 */
export function streamBodies(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (isStreamed(request)) {
      mediaTypes.set(request.raw, request.headers['content-type']);
      request.raw.headers['content-type'] = STREAM;
    }
    done();
  });
  fastify.addContentTypeParser(STREAM, (request, payload, done) => {
    if (isStreamed(request)) return done(null, payload);
    // Where there is nothing, that is the answer, whatever was sent.
    if (request.is404) return done(null, payload.resume());
    done(new BodyNotJsonError());
  });
}
