import { DomainError } from '../../errors/domain.error.js';

/** How much may come, and how more of it is refused. */
export interface Room {
  /** Most bytes. */
  bytes: number;
  exceeded: () => Error;
  /** Takes room for bytes that arrive, beside those of others; throws where there is none. `beside`: bytes of no file. */
  take?: (bytes: number, beside: number) => void;
  /** Gives back what was taken. */
  leave?: () => void;
}

export class ContentTooLargeError extends DomainError {
  constructor(limit: number) {
    super('too_large', 'content_too_large', `The content is larger than ${limit} bytes.`);
  }
}

export class ContentEmptyError extends DomainError {
  constructor() {
    super('invalid', 'content_empty', 'The request brought no content.');
  }
}

/** The sender went away before everything had arrived. Nothing is kept. */
export class UploadInterruptedError extends DomainError {
  constructor() {
    super('invalid', 'upload_interrupted', 'The content ended before it was whole; send it again.');
  }
}

export class UploadStalledError extends DomainError {
  constructor(idleMs: number) {
    super('timed_out', 'upload_stalled', `Nothing arrived for ${idleMs} ms; send the content again.`);
  }
}

export class DigestMalformedError extends DomainError {
  constructor(header: string) {
    super('invalid', 'digest_malformed', `${header} must hold a sha-256 digest in base64.`);
  }
}

export class DigestMismatchError extends DomainError {
  constructor(sha256: string) {
    super('invalid', 'digest_mismatch', `What arrived has another digest than was announced: sha256 ${sha256}.`);
  }
}

export class MultipartMalformedError extends DomainError {
  constructor(detail: string) {
    super('invalid', 'multipart_malformed', detail);
  }
}

export class ContentEncodingError extends DomainError {
  constructor() {
    super('unsupported', 'content_encoding_unsupported', 'Send the content itself, without a Content-Encoding.');
  }
}
