import { DomainError } from '../../errors/domain.error.js';

export class RoleRequiredError extends DomainError {
  constructor(role: string) {
    super('forbidden', 'role_required', `This needs a token with the role ${role}.`);
  }
}

/** What is of all tenants is for those who run the platform. */
export class OperatorsOnlyError extends DomainError {
  constructor() {
    super('forbidden', 'operators_only', "This needs a token of the operators' tenant.");
  }
}

/** A mistake of ours, found before anybody can use it. */
export class UndeclaredRouteError extends Error {
  constructor(routes: readonly string[]) {
    super(`Routes that do not say who may use them (@RequiresRole or @Public): ${routes.join(', ')}`);
    this.name = 'UndeclaredRouteError';
  }
}
