import { DomainError } from '../../errors/domain.error.js';
import { AlertState } from './alert-state.js';

export class AlertNotFoundError extends DomainError {
  constructor(id: string) {
    super('not_found', 'alert_not_found', `There is no alert ${id}.`);
  }
}

/** What it was about has passed: there is nothing left to acknowledge. */
export class AlertResolvedError extends DomainError {
  constructor(id: string) {
    super('conflict', 'alert_resolved', `Alert ${id} is resolved.`, {
      currentStatus: AlertState.Resolved,
      allowed: [],
    });
  }
}
