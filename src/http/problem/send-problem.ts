import type { FastifyReply } from 'fastify';
import type { Problem } from './problem.js';
import { PROBLEM_TYPE, problemDocument } from './problem-document.js';

const codes = new WeakMap<FastifyReply, string>();

/** Of the problem that a reply told; undefined where it told none. */
export function problemCodeOf(reply: FastifyReply): string | undefined {
  return codes.get(reply);
}

/** The one way a failure leaves the server: `application/problem+json`. */
export function sendProblem(reply: FastifyReply, problem: Problem, requestId: string): void {
  codes.set(reply, problem.code);
  const { status, retryAfter = status === 503 ? 1 : undefined } = problem;
  if (status === 401 && !reply.hasHeader('www-authenticate')) reply.header('www-authenticate', 'Bearer');
  if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
  void reply
    .status(status)
    .header('x-request-id', requestId)
    .header('content-type', PROBLEM_TYPE)
    .send(problemDocument(problem, requestId));
}
