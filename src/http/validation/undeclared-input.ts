import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { FastifyRequest } from 'fastify';
import { isObject } from 'class-validator';
import type { Observable } from 'rxjs';
import { jsonPointer } from '../json-pointer.js';
import { IS_PUBLIC } from '../public.js';
import { ValidationFailedError } from './validation.errors.js';

/**
 * Refuses query parameters and JSON bodies where an operation takes none. The validation pipe never sees them, and
 * whoever sends `?dryRun=true` where there are no dry runs must not be taken to mean it.
 */
export class RefuseUndeclaredInput implements NestInterceptor {
  /** Throws ValidationFailedError. */
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    // Probes answer to whatever watches them, and however.
    if (Reflect.getMetadata(IS_PUBLIC, context.getHandler())) return next.handle();
    const { query, body } = context.switchToHttp().getRequest<FastifyRequest>();
    const names = [
      ...(takes(context, RouteParamtypes.QUERY) ? [] : Object.keys(query as object)),
      ...(takes(context, RouteParamtypes.BODY) ? [] : namesIn(body)),
    ];
    if (names.length > 0) throw new ValidationFailedError(names.map(unknown));
    return next.handle();
  }
}

/** Whether the operation's handler has such a parameter; Nest keeps them as `<type>:<place>`. */
function takes(context: ExecutionContext, type: RouteParamtypes): boolean {
  const parameters = Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), context.getHandler().name) as
    object | undefined;
  return Object.keys(parameters ?? {}).some((key) => key.startsWith(`${type}:`));
}

/** Names in a JSON body; none in what is a stream, or no object. */
function namesIn(body: unknown): string[] {
  const isPlain = isObject(body) && Object.getPrototypeOf(body) === Object.prototype;
  return isPlain ? Object.keys(body) : [];
}

const unknown = (name: string) => ({
  pointer: jsonPointer([name]),
  code: 'unknown_field',
  detail: 'This operation takes no such field.',
});
