import { type Problem, problemTitle, problemType } from './problem.js';

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** A problem as it is sent (RFC 9457). */
export function problemDocument({ status, code, detail, ...members }: Problem, requestId: string): object {
  return {
    type: problemType(code),
    title: problemTitle(code),
    status,
    detail,
    code,
    requestId,
    ...members,
    // A header.
    retryAfter: undefined,
  };
}
