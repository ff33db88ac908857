import type { ErrorDetails, ErrorKind } from '../../errors/domain.error.js';

/** What a request is told about its failure (RFC 9457), but for the request's own id. */
export interface Problem extends ErrorDetails {
  status: number;
  /** Stable; `type` and `title` are made from it. */
  code: string;
  detail: string;
}

export const STATUS_OF_KIND: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  not_acceptable: 406,
  timed_out: 408,
  conflict: 409,
  too_large: 413,
  unsupported: 415,
  unsatisfiable_range: 416,
  unprocessable: 422,
  too_many: 429,
  unavailable: 503,
};

/** RFC 9457's `type`: names the kind of problem, and resolves to nothing. */
export function problemType(code: string): string {
  return `urn:ai-training:problem:${code}`;
}

/** `job_not_found` → `Job not found`. */
export function problemTitle(code: string): string {
  return `${code.charAt(0).toUpperCase()}${code.slice(1).replaceAll('_', ' ')}`;
}

export const INTERNAL_ERROR: Problem = {
  status: 500,
  code: 'internal_error',
  detail: 'Something went wrong on our side. Quote the request id when you report it.',
};
