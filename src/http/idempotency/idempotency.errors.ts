import { DomainError } from '../../errors/domain.error.js';

export class InvalidIdempotencyKeyError extends DomainError {
  constructor() {
    super(
      'invalid',
      'invalid_idempotency_key',
      'Idempotency-Key is sent once, with 1 to 255 visible ASCII characters, in double quotes or bare.',
    );
  }
}

/** Answering with what was stored for another request would tell the client that this one was done. */
export class IdempotencyKeyReusedError extends DomainError {
  constructor() {
    super(
      'unprocessable',
      'idempotency_key_reused',
      'The Idempotency-Key was used for a request with another body or to another resource; make a new one.',
    );
  }
}

/** The first request with this key is still at work: it may yet succeed, or fail and leave the key free. */
export class IdempotencyKeyInFlightError extends DomainError {
  constructor() {
    super(
      'conflict',
      'idempotency_key_in_flight',
      'A request with this Idempotency-Key is being processed; try again in a moment.',
      { retryAfter: 1 },
    );
  }
}
