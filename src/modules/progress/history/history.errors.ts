import { DomainError } from '../../../errors/domain.error.js';

export class HistoryNotAcceptableError extends DomainError {
  constructor() {
    super('not_acceptable', 'not_acceptable', 'A history is application/json or text/csv.');
  }
}
