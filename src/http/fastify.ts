import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Environment } from '../config/environment.js';
import { refuseConnection } from './problem/refuse-connection.js';
import { refuseUrl } from './request/refuse-url.js';
import { requestIdOf } from './request/request-id.js';

/** Longest part of a path that is looked at; ids and model names are shorter. */
const MAX_PARAM_LENGTH = 300;

/** Milliseconds in which the head of a request has to arrive; limit-arrival.ts sees to the bodies. */
const HEADERS_TIMEOUT_MS = 60_000;

/** The server as main.ts and the e2e tests run it. */
export function fastifyAdapter(environment: Pick<Environment, 'BODY_LIMIT_BYTES' | 'TRUST_PROXY'>): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: environment.BODY_LIMIT_BYTES,
    trustProxy: believedProxies(environment.TRUST_PROXY),
    genReqId: requestIdOf,
    requestIdHeader: false,
    // What the router itself refuses never reaches Nest's filters.
    frameworkErrors: refuseUrl as (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => void,
    clientErrorHandler: refuseConnection,
    requestTimeout: 0,
    http: { headersTimeout: HEADERS_TIMEOUT_MS },
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
  });
}

/** Which of the addresses on a request's way are believed to say where it came from: by their number, or by name. */
function believedProxies(trusted: string): false | string[] | ((address: string, hop: number) => boolean) {
  if (trusted === '0') return false;
  const hops = Number(trusted);
  return Number.isInteger(hops) ? (_, hop) => hop < hops : trusted.split(',');
}
