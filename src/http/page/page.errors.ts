import { DomainError } from '../../errors/domain.error.js';

/** The cursor is broken, was not made here, or belongs to other filters or another tenant. */
export class InvalidCursorError extends DomainError {
  constructor() {
    const detail = 'The cursor does not belong to this list and these filters; begin again without one.';
    super('invalid', 'invalid_cursor', detail, { errors: [{ pointer: '/cursor', code: 'invalid_cursor', detail }] });
  }
}
