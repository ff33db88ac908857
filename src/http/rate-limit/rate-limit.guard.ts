import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import type { Principal } from '../principal.js';
import { IS_EXPENSIVE } from './expensive.js';
import { RateLimits } from './rate-limits.js';

/** Counts each request for its user, whom the guard before has put on it. */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(
    private readonly limits: RateLimits,
    private readonly reflector: Reflector,
  ) {}

  /** Throws RateLimitedError. */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const { user } = http.getRequest<{ user?: Principal }>();
    const isExpensive = this.reflector.get<boolean | undefined>(IS_EXPENSIVE, context.getHandler()) ?? false;
    if (user) await this.limits.ask(http.getResponse<FastifyReply>(), user, isExpensive);
    return true;
  }
}
