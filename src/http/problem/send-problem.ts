import type { FastifyReply } from 'fastify';
import type { Problem } from './problem.js';
import { PROBLEM_TYPE, problemDocument } from './problem-document.js';

/** The one way a failure leaves the server: `application/problem+json`. */
export function sendProblem(reply: FastifyReply, problem: Problem, requestId: string): void {
  const { status, retryAfter = status === 503 ? 1 : undefined } = problem;
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
  void reply
    .status(status)
    .header('x-request-id', requestId)
    .header('content-type', PROBLEM_TYPE)
    .send(problemDocument(problem, requestId));
}
