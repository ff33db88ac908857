import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Observable } from 'rxjs';
import { onBehalfOf } from '../../database/author.js';
import { operationId } from '../../http/openapi/operation-id.js';
import { addressOf } from '../../http/request/client-address.js';
import type { Principal } from '../../http/principal.js';

/** Where @ApiOperation keeps what it is given; its package does not export the name. */
const API_OPERATION = 'swagger/apiOperation';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whatever a request changes is on record as its principal's. */
@Injectable()
export class OnBehalfInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest & { user?: Principal }>();
    if (!request.user || READING.has(request.method)) return next.handle();
    const author = {
      actor: request.user.sub,
      action: this.operation(context),
      requestId: request.id,
      address: addressOf(request),
    };
    return new Observable((subscriber) => onBehalfOf(author, () => next.handle().subscribe(subscriber)));
  }

  private operation(context: ExecutionContext): string {
    const described = this.reflector.get<{ operationId?: string } | undefined>(API_OPERATION, context.getHandler());
    return described?.operationId ?? operationId(context.getClass().name, context.getHandler().name);
  }
}
