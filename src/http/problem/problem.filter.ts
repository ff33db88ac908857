import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemOf } from './problem-of.js';
import { reportFailure } from './report-failure.js';
import { sendProblem } from './send-problem.js';

/** Answers every failure as `application/problem+json`. What nobody expected is logged with its stack, and kept from clients. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = problemOf(error);
    reportFailure(error, problem, request.id);
    if (!reply.sent) sendProblem(reply, problem, request.id);
  }
}
