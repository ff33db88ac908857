import { createSecretKey } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { derivedKeys } from '../../config/jwt-secret.js';
import type { Principal } from '../../http/principal.js';
import { TicketInvalidError } from './auth.errors.js';
import { principalOf } from './claims.js';
import { RevokedTokensService } from './revocation/revoked-tokens.service.js';

/** Seconds in which a stream can be opened with a ticket. */
export const TICKET_SECONDS = 60;

export interface StreamTicket {
  ticket: string;
  expiresAt: Date;
}

/** Whom a ticket speaks for, which stream it opens (null: that of all jobs), when the token it came from began and ends. */
interface TicketClaims extends Record<string, unknown> {
  job: string | null;
  since?: number;
  until: number;
}

/**
 * Short-lived stand-ins for a token that open one stream and nothing else. Signed with a key of their own: a ticket is
 * no token, nor a token a ticket.
 */
@Injectable()
export class StreamTicketsService {
  /** The first signs. */
  private readonly signers: readonly JwtService[];

  constructor(
    @Inject(ENVIRONMENT) environment: Environment,
    private readonly revoked: RevokedTokensService,
  ) {
    this.signers = derivedKeys(environment, 'stream-ticket').map((bytes) => {
      const key = createSecretKey(bytes);
      return new JwtService({ privateKey: key, publicKey: key as unknown as string });
    });
  }

  /** For the stream of one job, or of all jobs of the tenant. */
  issue({ sub, tenant, roles, issuedAt, expiresAt }: Principal, job: string | null): StreamTicket {
    const until = Math.floor(expiresAt.getTime() / 1_000);
    const exp = Math.min(until, Math.floor(Date.now() / 1_000) + TICKET_SECONDS);
    const since = issuedAt ? { since: issuedAt.getTime() / 1_000 } : {};
    const ticket = this.signers[0]!.sign({ sub, tenant, roles, job, ...since, until, exp }, { algorithm: 'HS256' });
    return { ticket, expiresAt: new Date(exp * 1_000) };
  }

  /** Throws TicketInvalidError. */
  verify(ticket: string, job: string | null): Principal {
    const claims = this.claimsOf(ticket);
    if (claims.job !== job) throw new TicketInvalidError();
    const principal = principalOf({ ...claims, iat: claims.since, exp: claims.until });
    if (this.revoked.covers(principal)) throw new TicketInvalidError();
    return principal;
  }

  private claimsOf(ticket: string): TicketClaims {
    for (const signer of this.signers) {
      try {
        return signer.verify<TicketClaims>(ticket, { algorithms: ['HS256'] });
      } catch {
        // Perhaps another secret's.
      }
    }
    throw new TicketInvalidError();
  }
}
