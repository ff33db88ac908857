import { DomainError, type FieldError } from '../../errors/domain.error.js';

/** The request does not fit its schema, or its fields do not fit together; one entry a field. */
export class ValidationFailedError extends DomainError {
  constructor(errors: FieldError[]) {
    super('invalid', 'validation_failed', 'The request is not valid; see errors.', { errors });
  }
}
