/** What kind of thing went wrong; the HTTP filter alone turns a kind into a status. */
export type ErrorKind =
  | 'invalid'
  | 'unauthorized'
  | 'forbidden'
  | 'not_found'
  | 'not_acceptable'
  | 'timed_out'
  | 'conflict'
  | 'too_large'
  | 'unsupported'
  | 'unsatisfiable_range'
  | 'unprocessable'
  | 'too_many'
  | 'unavailable';

/** One offending field of a request: a JSON pointer into the body, a stable code and a sentence for people. */
export interface FieldError {
  pointer: string;
  code: string;
  detail: string;
}

/** A condition that was held against something. */
export interface Condition {
  /** Stable code. */
  condition: string;
  met: boolean;
  /** A sentence for people, with its figures. */
  detail: string;
  metric?: string;
  /** What was found. */
  actual?: number | string | boolean;
  /** What it would have to be. */
  wanted?: Readonly<Record<string, number | string | boolean>>;
}

/** Members that an error adds to its answer, for clients that act on it. */
export interface ErrorDetails {
  errors?: FieldError[];
  currentStatus?: string;
  allowed?: readonly string[];
  /** Everything that was asked for, whether it is met or not. */
  conditions?: readonly Condition[];
  /** The quota that would be exceeded. */
  quota?: { name: string; limit: number; used?: number | undefined };
  /** Seconds after which the same request may succeed; sent as a header. */
  retryAfter?: number;
}

/** A named fact with a stable code that clients may rely on. Knows nothing of HTTP. */
export class DomainError extends Error {
  constructor(
    readonly kind: ErrorKind,
    readonly code: string,
    message: string,
    readonly details: ErrorDetails = {},
  ) {
    super(message);
    this.name = new.target.name;
  }
}
