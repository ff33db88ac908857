import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { frameworkProblem } from '../problem/framework-problem.js';
import { problemOf } from '../problem/problem-of.js';
import { sendProblem } from '../problem/send-problem.js';

/** What happens to a request that reaches the router; may throw. */
type OnArrival = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

interface Steps {
  onArrival: OnArrival;
  onAnswer: (request: FastifyRequest, reply: FastifyReply) => void;
}

const STEPS = new WeakMap<object, Steps>();

/** Has URLs that no route can be found for counted and put on record as any other request is. */
export function watchRefusedUrls(fastify: FastifyInstance, steps: Steps): void {
  STEPS.set(fastify.server, steps);
}

/** Answers a URL that the router cannot read: no hook sees it, and no filter. Its connection ends, with what it carries. */
export async function refuseUrl(error: FastifyError, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const steps = STEPS.get(request.server.server);
  void reply.headers({
    connection: 'close',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  });
  reply.raw.once('close', () => steps?.onAnswer(request, reply));
  try {
    await steps?.onArrival(request, reply);
    sendProblem(reply, frameworkProblem(error.statusCode ?? 400, error.code), request.id);
  } catch (refusal) {
    sendProblem(reply, problemOf(refusal), request.id);
  }
}
