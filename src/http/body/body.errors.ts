import { DomainError } from '../../errors/domain.error.js';

export class MalformedJsonError extends DomainError {
  constructor(detail: string) {
    super('invalid', 'malformed_json', detail);
  }
}

export class NestingTooDeepError extends DomainError {
  constructor(maxDepth: number) {
    super('invalid', 'nesting_too_deep', `The body nests deeper than ${maxDepth} levels.`);
  }
}

/** A key or a string that no field of the platform may hold. */
export class ForbiddenContentError extends DomainError {
  constructor(pointer: string, code: 'forbidden_key' | 'invalid_characters', detail: string) {
    super('invalid', 'validation_failed', 'The request is not valid; see errors.', {
      errors: [{ pointer, code, detail }],
    });
  }
}

export class BodyTooLargeError extends DomainError {
  constructor(limit: number) {
    super('too_large', 'body_too_large', `The body is larger than ${limit} bytes.`);
  }
}

export class BodyNotAnObjectError extends DomainError {
  constructor() {
    const detail = 'The body must be an object.';
    super('invalid', 'validation_failed', detail, { errors: [{ pointer: '', code: 'wrong_type', detail }] });
  }
}

export class BodyNotJsonError extends DomainError {
  constructor() {
    super('unsupported', 'unsupported_media_type', 'Bodies are JSON: send Content-Type: application/json.');
  }
}
