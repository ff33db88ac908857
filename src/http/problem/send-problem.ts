import type { FastifyReply } from 'fastify';
import { type Problem, problemTitle, problemType } from './problem.js';

/** The one way a failure leaves the server: `application/problem+json`. */
export function sendProblem(reply: FastifyReply, problem: Problem, requestId: string): void {
  const { status, code, detail, ...members } = problem;
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  if (status === 503) reply.header('retry-after', '1');
  void reply
    .status(status)
    .header('x-request-id', requestId)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send({ type: problemType(code), title: problemTitle(code), status, detail, code, requestId, ...members });
}
