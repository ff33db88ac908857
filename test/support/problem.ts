import type { Answer } from './client.js';

export interface ProblemAnswer {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  requestId: string;
  errors?: { pointer: string; code: string; detail: string }[];
  currentStatus?: string;
  allowed?: string[];
}

/** What a refusal comes down to. */
export function refusal({ status, body }: Answer<unknown>): [status: number, code: string] {
  return [status, (body as ProblemAnswer).code];
}

/** What must not be told: statements, stacks, libraries, folders. */
const LEAK =
  /\b(select|insert|update|delete) .*\b(from|into|set)\b|\n\s+at |node_modules|typeorm|class-validator|\.js:\d/i;

/** What keeps an answer from being a refusal as documented (RFC 9457, 4xx); null when it is one. */
export function notAProblem({ status, headers, body, text }: Answer<unknown>): string | null {
  if (status < 400 || status > 499) return `status ${status}: ${text.slice(0, 200)}`;
  if (!headers.get('content-type')?.startsWith('application/problem+json')) {
    return `${status} as ${headers.get('content-type')}: ${text.slice(0, 200)}`;
  }
  const problem = body as ProblemAnswer;
  const { type, title, detail, code, requestId } = problem;
  if (problem.status !== status) return `status member ${problem.status}, not ${status}`;
  if (!/^[a-z][a-z0-9_]+$/.test(code) || type !== `urn:ai-training:problem:${code}`)
    return `code ${code}, type ${type}`;
  if (!title || !detail) return 'no title or detail';
  if (!requestId || requestId !== headers.get('x-request-id')) return `request id ${requestId}`;
  if (LEAK.test(text)) return `tells too much: ${text.slice(0, 300)}`;
  return fieldFault(problem);
}

function fieldFault({ code, errors }: ProblemAnswer): string | null {
  if (code === 'validation_failed' && !errors?.length) return 'validation_failed without errors';
  const faulty = errors?.find((entry) => typeof entry.pointer !== 'string' || !entry.code || !entry.detail);
  return faulty ? `error entry ${JSON.stringify(faulty)}` : null;
}
