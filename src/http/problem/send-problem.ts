import type { FastifyReply } from 'fastify';
import type { Problem } from './problem.js';
import { PROBLEM_TYPE, problemDocument } from './problem-document.js';

/** The one way a failure leaves the server: `application/problem+json`. */
export function sendProblem(reply: FastifyReply, problem: Problem, requestId: string): void {
  const { status } = problem;
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  if (status === 503) reply.header('retry-after', '1');
  void reply
    .status(status)
    .header('x-request-id', requestId)
    .header('content-type', PROBLEM_TYPE)
    .send(problemDocument(problem, requestId));
}
