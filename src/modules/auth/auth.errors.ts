import { DomainError } from '../../errors/domain.error.js';

export class TokenMissingError extends DomainError {
  constructor() {
    super('unauthorized', 'token_missing', 'The request needs an Authorization header with a bearer token.');
  }
}

export class TokenExpiredError extends DomainError {
  constructor() {
    super('unauthorized', 'token_expired', 'The token has expired.');
  }
}

/** It was good until its user's, or everyone's, were revoked. */
export class TokenRevokedError extends DomainError {
  constructor() {
    super('unauthorized', 'token_revoked', 'The token was revoked; get a new one.');
  }
}

/** Wrong signature, algorithm or claims; which of them is nobody's business but ours. */
export class TokenInvalidError extends DomainError {
  constructor() {
    super('unauthorized', 'token_invalid', 'The token is not valid.');
  }
}

/** The issuer's key set cannot be read; says nothing about the token. */
export class KeysUnavailableError extends DomainError {
  constructor() {
    super(
      'unavailable',
      'keys_unavailable',
      'The keys that tokens are verified with cannot be had just now; try again.',
      {
        retryAfter: 5,
      },
    );
  }
}

/** Forged, expired, or made for another stream. */
export class TicketInvalidError extends DomainError {
  constructor() {
    super('unauthorized', 'ticket_invalid', 'The ticket is not valid for this stream, or no longer; ask for another.');
  }
}
