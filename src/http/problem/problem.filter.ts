import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemOf } from './problem-of.js';
import { type Problem, problemTitle, problemType } from './problem.js';

/** Answers every failure as `application/problem+json`. What is our fault is logged with its stack, and kept from clients. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = problemOf(error);
    if (problem.status >= 500) {
      this.logger.error({ msg: 'Request failed', code: problem.code, requestId: request.id, err: error });
    }
    if (!reply.sent) send(reply, problem, request.id);
  }
}

function send(reply: FastifyReply, problem: Problem, requestId: string): void {
  const { status, code, detail, ...members } = problem;
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  if (status === 503) reply.header('retry-after', '1');
  void reply
    .status(status)
    .header('x-request-id', requestId)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send({ type: problemType(code), title: problemTitle(code), status, detail, code, requestId, ...members });
}
