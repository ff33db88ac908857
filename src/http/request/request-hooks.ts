import { Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type LogContext, withLogContext } from '../../logging/request-context.js';
import { PROBES } from '../base-path.js';
import type { Principal } from '../principal.js';
import { whenOver } from './when-over.js';
import { methodLabel, requestDuration, requestsInFlight } from './request.metrics.js';
import { beginRequestSpan, endRequestSpan, traceIdOf, traceParentIn } from './request-span.js';
import { addressOf } from './client-address.js';
import { problemCodeOf } from '../problem/send-problem.js';

const logger = new Logger('Http');

/** What is said of a request whose sender left before an answer began; nobody is ever answered so. */
const GIVEN_UP = 499;

const LOGGED = new WeakSet<FastifyReply>();

/** Gives each request its id, in its answer and in every log line on its way, and one log line at its end. */
export function addRequestHooks(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    // What belongs to a tenant stays in nobody's cache; downloads, which can be asked about, say otherwise themselves.
    void reply.header('x-request-id', request.id).header('cache-control', 'no-store');
    requestsInFlight.inc();
    beginRequestSpan(request, reply);
    whenOver(reply, () => {
      requestsInFlight.dec();
      // The hook below hears of answers that were sent alone.
      logRequest(request, reply);
    });
    withLogContext(contextOf(request, reply), done);
  });
  // Reading a body leaves the asynchronous context of the hook above.
  fastify.addHook('preValidation', (request, reply, done) => withLogContext(contextOf(request, reply), done));
  fastify.addHook('onResponse', (request, reply, done) => {
    logRequest(request, reply);
    done();
  });
}

const contextOf = (request: FastifyRequest, reply: FastifyReply): LogContext => ({
  requestId: request.id,
  traceParent: traceParentIn(reply),
});

/** One line for each, whoever says first that it is over. */
export function logRequest(request: FastifyRequest, reply: FastifyReply): void {
  if (LOGGED.has(reply)) return;
  LOGGED.add(reply);
  const line = requestLine(request, reply);
  const { route, status } = line;
  endRequestSpan(reply, line);
  requestDuration.observe({ method: methodLabel(line.method), route, status }, reply.elapsedTime / 1_000);
  // Not worth a line each.
  if (PROBES.includes(line.route)) logger.debug(line);
  else logger.log(line);
}

/** The route's template instead of the URL: a query may hold what belongs to nobody's logs. */
function requestLine(request: FastifyRequest, reply: FastifyReply) {
  const principal = (request as { user?: Principal }).user;
  return {
    msg: 'request',
    requestId: request.id,
    traceId: traceIdOf(reply),
    method: request.method,
    route: request.routeOptions.url ?? 'none',
    status: reply.raw.headersSent ? reply.statusCode : GIVEN_UP,
    code: problemCodeOf(reply),
    durationMs: Math.round(reply.elapsedTime * 10) / 10,
    tenant: principal?.tenant,
    sub: principal?.sub,
    address: addressOf(request),
  };
}
