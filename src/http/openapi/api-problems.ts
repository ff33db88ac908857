import { applyDecorators } from '@nestjs/common';
import { ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { problemTitle, problemType } from '../problem/problem.js';
import { ProblemResponse } from '../problem/problem.response.js';

/** Status → the codes it comes with. */
export type ProblemCodes = Readonly<Record<number, readonly string[]>>;

const TOKEN_PROBLEMS: ProblemCodes = {
  // Query parameters and bodies are refused where none are taken.
  400: ['validation_failed'],
  401: ['token_missing', 'token_expired', 'token_invalid', 'token_revoked'],
  429: ['rate_limited'],
  500: ['internal_error'],
  503: ['keys_unavailable'],
};

/** What every operation that asks the database may answer. */
const ALWAYS: ProblemCodes = { ...TOKEN_PROBLEMS, 503: ['database_unavailable', 'keys_unavailable'] };

/** What an operation that reads a JSON body may answer beside. */
export const BODY_PROBLEMS: ProblemCodes = {
  400: ['validation_failed', 'malformed_json', 'nesting_too_deep'],
  413: ['body_too_large'],
  415: ['unsupported_media_type'],
};

/** What a list may answer beside. */
export const LIST_PROBLEMS: ProblemCodes = { 400: ['validation_failed', 'invalid_cursor'] };

/** Documents the failures of an operation: the problem schema for each status, its codes by name. */
export function ApiProblems(...given: ProblemCodes[]): MethodDecorator {
  return documented([...given, ALWAYS]);
}

/** The failures of an operation that answers 503 in words of its own. */
export function ApiTokenProblems(): MethodDecorator {
  return documented([TOKEN_PROBLEMS]);
}

function documented(given: ProblemCodes[]): MethodDecorator {
  const codes = new Map<string, string[]>();
  for (const [status, names] of given.flatMap((entry) => Object.entries(entry))) {
    codes.set(status, [...new Set([...(codes.get(status) ?? []), ...names])]);
  }
  return applyDecorators(...[...codes].map(([status, names]) => ApiProblem(Number(status), names)));
}

/** Documents one status, with its codes by name. */
export function ApiProblem(status: number, codes: readonly string[]): MethodDecorator {
  const [first = ''] = codes;
  const example = {
    type: problemType(first),
    title: problemTitle(first),
    status,
    detail: '…',
    code: first,
    requestId: '…',
  };
  return ApiResponse({
    status,
    description: codes.map((code) => `\`${code}\``).join(', '),
    content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemResponse) }, example } },
  });
}
