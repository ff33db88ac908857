import { type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../../errors/domain.error.js';
import type { Principal } from '../../http/principal.js';
import { IS_PUBLIC } from '../../http/public.js';
import { ACCEPTS_TICKET } from '../../http/ticket.js';
import { TicketInvalidError, TokenInvalidError, TokenMissingError } from './auth.errors.js';
import { StreamTicketsService } from './stream-tickets.service.js';
import { Tokens } from './tokens.js';

type Request = FastifyRequest & { user?: Principal };

/** RFC 6750; the name of the scheme in any case (RFC 9110). What is written otherwise is for Passport to judge. */
const BEARER = /^bearer (\S+)$/i;

/** Guards every route that is not marked as public. */
@Injectable()
export class JwtAuthGuard extends AuthGuard('jwt') {
  constructor(
    private readonly reflector: Reflector,
    private readonly tickets: StreamTicketsService,
    private readonly tokens: Tokens,
  ) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const marked = (mark: string) => this.reflector.get<boolean | undefined>(mark, context.getHandler());
    if (marked(IS_PUBLIC)) return true;
    const request = context.switchToHttp().getRequest<Request>();
    if (marked(ACCEPTS_TICKET) && this.hasTicket(request)) return true;
    if (await this.isKnown(request)) return true;
    return super.canActivate(context) as Promise<boolean>;
  }

  /** `info` is why no key was found, or the token refused; passport-jwt has no class for one that is not there. */
  override handleRequest<User>(error: unknown, user: User | false, info: Error | undefined): User {
    if (error) throw error;
    if (user) return user;
    if (info instanceof DomainError) throw info;
    if (info?.message === 'No auth token') throw new TokenMissingError();
    throw new TokenInvalidError();
  }

  /** Verified with an earlier request (VerifiedTokens). Throws TokenRevoked- or KeysUnavailableError. */
  private async isKnown(request: Request): Promise<boolean> {
    const [, token] = BEARER.exec(request.headers.authorization ?? '') ?? [];
    const principal = token === undefined ? undefined : await this.tokens.recall(token);
    if (!principal) return false;
    request.user = principal;
    return true;
  }

  /** False where a token is sent, or no ticket. Throws TicketInvalidError. */
  private hasTicket(request: Request): boolean {
    const { ticket } = request.query as { ticket?: unknown };
    if (request.headers.authorization !== undefined || ticket === undefined) return false;
    const { id = null } = request.params as { id?: string };
    if (typeof ticket !== 'string') throw new TicketInvalidError();
    request.user = this.tickets.verify(ticket, id);
    return true;
  }
}
