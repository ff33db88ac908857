import type { Principal } from './principal.js';
import type { Role } from './role.js';

/** Who may do something: at least this role; `tenant`: and of this tenant alone. */
export interface Admitted {
  role: Role;
  tenant?: string;
}

/** Who is let in before there is a route to ask: to pages that a browser opens by itself, and with a large body. */
export abstract class TokenAccess {
  /** By an Authorization header: who it is. Throws the DomainError that says why not. */
  abstract admit(authorization: string | undefined, needed: Admitted): Promise<Principal>;
}
