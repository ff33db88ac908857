import { DomainError } from '../../errors/domain.error.js';

export class AdminRequiredError extends DomainError {
  constructor(what: string) {
    super('forbidden', 'admin_required', `Only an admin may ${what}.`);
  }
}

/** Throws AdminRequiredError unless the roles are an admin's; `what` completes "may …". */
export function assertAdmin({ roles }: { roles: readonly string[] }, what: string): void {
  if (!roles.includes('admin')) throw new AdminRequiredError(what);
}
