import type { Role } from './role.js';

/** Who is let in before there is a route to ask: to pages that a browser opens by itself, and with a large body. */
export abstract class TokenAccess {
  /** By an Authorization header. Throws the DomainError that says why not. */
  abstract admit(authorization: string | undefined, needed: Role): Promise<void>;
}
