import { DomainError } from '../../../errors/domain.error.js';

export class HistoryNotAcceptableError extends DomainError {
  constructor() {
    super('not_acceptable', 'not_acceptable', 'A history is application/json or text/csv.');
  }
}

/** So many are being thinned out that another would wait too long. */
export class HistoriesBusyError extends DomainError {
  constructor() {
    super('unavailable', 'histories_busy', 'Many histories are being thinned out just now; try again in a moment.', {
      retryAfter: 1,
    });
  }
}
