import type { FastifyReply, FastifyRequest } from 'fastify';
import { beginSpan, failSpan, isTracing, type Span } from '../../tracing/spans.js';
import { traceIdIn, traceParentOf } from '../../tracing/trace-parent.js';
import { PROBES } from '../base-path.js';
import { methodLabel } from './request.metrics.js';

const SPANS = new WeakMap<FastifyReply, Span>();
/** Longest path that is told: who asks for what is not there may say anything. */
const MOST_CHARACTERS = 256;

/** Begins the span of a request, where it is to have one, in the trace that its sender names or in one of its own. */
export function beginRequestSpan(request: FastifyRequest, reply: FastifyReply): void {
  const route = request.routeOptions.url;
  if (!isTracing() || PROBES.includes(route ?? '')) return;
  const method = methodLabel(request.method);
  const [path = ''] = request.url.split('?', 1);
  const span = beginSpan([method === 'other' ? 'HTTP' : method, route].filter(Boolean).join(' '), {
    parent: senderOf(request),
    kind: 'server',
    attributes: {
      'http.request.method': method === 'other' ? '_OTHER' : method,
      'url.scheme': request.protocol,
      // Never the query, which may hold a ticket.
      'url.path': path.slice(0, MOST_CHARACTERS),
      ...(route !== undefined && { 'http.route': route }),
    },
  });
  if (span) SPANS.set(reply, span);
}

/** Two headers come as one, which is malformed: nobody knows whose the trace is. */
function senderOf({ headers }: FastifyRequest): string | undefined {
  const { traceparent } = headers;
  return typeof traceparent === 'string' ? traceparent : undefined;
}

/** W3C trace context of a request, where it is traced. */
export function traceParentIn(reply: FastifyReply): string | undefined {
  const span = isTracing() ? SPANS.get(reply) : undefined;
  return span && traceParentOf(span);
}

/** The id of a request's trace. */
export function traceIdOf(reply: FastifyReply): string | undefined {
  const traceParent = traceParentIn(reply);
  return traceParent && traceIdIn(traceParent);
}

/** The answer is over. What its sender did wrong is no error of the platform. */
export function endRequestSpan(reply: FastifyReply, { status, code }: { status: number; code?: string | undefined }) {
  const span = SPANS.get(reply);
  if (!span) return;
  span.setAttribute('http.response.status_code', status);
  if (status >= 500) failSpan(span, { code: code ?? String(status) });
  span.end();
}
