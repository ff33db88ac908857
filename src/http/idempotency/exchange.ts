import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Principal } from '../principal.js';

/** An authenticated request and its reply: what `Idempotency.once` has to know of HTTP. */
export interface Exchange {
  request: FastifyRequest & { user: Principal };
  reply: FastifyReply;
}

export const CurrentExchange = createParamDecorator((_: unknown, context: ExecutionContext): Exchange => {
  const http = context.switchToHttp();
  return { request: http.getRequest<Exchange['request']>(), reply: http.getResponse<FastifyReply>() };
});
