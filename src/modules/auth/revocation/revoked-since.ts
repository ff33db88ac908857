import type { Principal } from '../../../http/principal.js';

/** Of whom tokens were revoked last, and when; `subject` null: of everyone in the tenant. */
export interface Cut {
  tenantId: string;
  subject: string | null;
  at: Date;
}

/** The newest revocation of each subject, and of each tenant as a whole. */
export class RevokedSince {
  private readonly moments = new Map<string, number>();

  /** Whether it is news. */
  add({ tenantId, subject, at }: Cut): boolean {
    const whose = key(tenantId, subject);
    const isNews = at.getTime() > (this.moments.get(whose) ?? -Infinity);
    if (isNews) this.moments.set(whose, at.getTime());
    return isNews;
  }

  /**
   * Whether the token was issued before its subject's or its tenant's last revocation. Issuers tell whole seconds, by
   * clocks of their own: what they say may be too late by the tolerance, and is held against the token. One that does
   * not say when it was issued is refused from the first revocation on.
   */
  covers({ tenant, sub, issuedAt }: Pick<Principal, 'tenant' | 'sub' | 'issuedAt'>, toleranceSeconds: number): boolean {
    const last = Math.max(...[sub, null].map((subject) => this.moments.get(key(tenant, subject)) ?? -Infinity));
    return last > -Infinity && (issuedAt?.getTime() ?? -Infinity) <= last + toleranceSeconds * 1_000;
  }
}

const key = (tenantId: string, subject: string | null) => JSON.stringify([tenantId, subject]);
