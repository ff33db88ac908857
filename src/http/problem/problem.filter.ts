import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemOf } from './problem-of.js';
import { INTERNAL_ERROR } from './problem.js';
import { sendProblem } from './send-problem.js';

/** Answers every failure as `application/problem+json`. What nobody expected is logged with its stack, and kept from clients. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = problemOf(error);
    const line = { msg: 'Request failed', code: problem.code, requestId: request.id };
    if (problem === INTERNAL_ERROR) this.logger.error({ ...line, err: error });
    else if (problem.status >= 500) this.logger.warn({ ...line, reason: (error as Error).message });
    if (!reply.sent) sendProblem(reply, problem, request.id);
  }
}
