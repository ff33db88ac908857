import { DomainError } from '../../../errors/domain.error.js';

/** No id of an event, nor an epoch. */
export class InvalidPositionError extends DomainError {
  constructor() {
    super(
      'invalid',
      'invalid_event_id',
      'Streams resume after the id of one of their events; begin again without one.',
    );
  }
}

/** The client has seen more than there is: a database that was set back, or another job. */
export class AheadOfHistoryError extends DomainError {
  constructor() {
    super('invalid', 'event_id_ahead', 'The event id is ahead of what has happened; begin again without one.');
  }
}

/** Events this old are read from the jobs themselves. */
export class PositionTooOldError extends DomainError {
  constructor() {
    super('invalid', 'event_id_too_old', 'The event id is of more than a day ago; begin again without one.');
  }
}

/** As many as are allowed are open. */
export class TooManyStreamsError extends DomainError {
  constructor(whose: 'yours' | 'all') {
    const detail =
      whose === 'yours'
        ? 'As many streams of yours are open as are allowed; close one, or try again later.'
        : 'As many streams are open as this process can serve; try again later.';
    super('too_many', 'too_many_streams', detail, { retryAfter: 5 });
  }
}
