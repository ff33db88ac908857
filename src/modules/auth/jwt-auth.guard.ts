import { type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { IS_PUBLIC } from '../../http/public.js';
import { TokenExpiredError, TokenInvalidError, TokenMissingError } from './auth.errors.js';

/** Guards every route that is not marked as public. */
@Injectable()
export class JwtAuthGuard extends AuthGuard('jwt') {
  constructor(private readonly reflector: Reflector) {
    super();
  }

  override canActivate(context: ExecutionContext) {
    const isPublic = this.reflector.getAllAndOverride<boolean>(IS_PUBLIC, [context.getHandler(), context.getClass()]);
    return isPublic || super.canActivate(context);
  }

  /** `info` is the verifier's reason; passport-jwt has no class for a token that is not there. */
  override handleRequest<User>(error: unknown, user: User | false, info: Error | undefined): User {
    if (error) throw error;
    if (user) return user;
    if (info?.name === 'TokenExpiredError') throw new TokenExpiredError();
    if (info?.message === 'No auth token') throw new TokenMissingError();
    throw new TokenInvalidError();
  }
}
