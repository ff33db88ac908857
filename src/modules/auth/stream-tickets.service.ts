import { createHmac, createSecretKey } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { jwtSecret } from '../../config/jwt-secret.js';
import type { Principal } from '../../http/principal.js';
import { TicketInvalidError } from './auth.errors.js';
import { principalOf } from './claims.js';

/** Seconds in which a stream can be opened with a ticket. */
export const TICKET_SECONDS = 60;

export interface StreamTicket {
  ticket: string;
  expiresAt: Date;
}

/** Whom a ticket speaks for, which stream it opens (null: that of all jobs), and when the token it came from ends. */
interface TicketClaims extends Record<string, unknown> {
  job: string | null;
  until: number;
}

/**
 * Short-lived stand-ins for a token that open one stream and nothing else. Signed with a key of their own: a ticket is
 * no token, nor a token a ticket.
 */
@Injectable()
export class StreamTicketsService {
  private readonly jwt: JwtService;

  constructor(@Inject(ENVIRONMENT) environment: Environment) {
    const key = createSecretKey(createHmac('sha256', jwtSecret(environment)).update('stream-ticket').digest());
    this.jwt = new JwtService({ privateKey: key, publicKey: key as unknown as string });
  }

  /** For the stream of one job, or of all jobs of the tenant. */
  issue({ sub, tenant, roles, expiresAt }: Principal, job: string | null): StreamTicket {
    const until = Math.floor(expiresAt.getTime() / 1_000);
    const exp = Math.min(until, Math.floor(Date.now() / 1_000) + TICKET_SECONDS);
    const ticket = this.jwt.sign({ sub, tenant, roles, job, until, exp }, { algorithm: 'HS256' });
    return { ticket, expiresAt: new Date(exp * 1_000) };
  }

  /** Throws TicketInvalidError. */
  verify(ticket: string, job: string | null): Principal {
    try {
      const claims = this.jwt.verify<TicketClaims>(ticket, { algorithms: ['HS256'] });
      if (claims.job !== job) throw new TicketInvalidError();
      return principalOf({ ...claims, exp: claims.until });
    } catch {
      throw new TicketInvalidError();
    }
  }
}
