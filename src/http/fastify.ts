import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { Environment } from '../config/environment.js';
import { requestIdOf } from './request/request-id.js';

/** Longest part of a path that is looked at; ids and model names are shorter. */
const MAX_PARAM_LENGTH = 300;

/** The server as main.ts and the e2e tests run it. */
export function fastifyAdapter(environment: Pick<Environment, 'BODY_LIMIT_BYTES'>): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: environment.BODY_LIMIT_BYTES,
    genReqId: requestIdOf,
    requestIdHeader: false,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
  });
}
