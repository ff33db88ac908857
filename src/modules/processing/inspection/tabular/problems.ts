import { MOST_PROBLEMS, type ContentProblem } from '../inspection.js';

/** Thrown where looking on makes no sense: the content cannot be trained on, and this is why. */
export class ContentRejected extends Error {
  constructor(readonly problems: ContentProblem[]) {
    super(problems[0]?.detail);
  }
}

export function rejected(code: string, detail: string, where: { row?: number; column?: string } = {}): ContentRejected {
  return new ContentRejected([{ code, detail, ...where }]);
}

export function rejectAny(problems: ContentProblem[]): void {
  if (problems.length > 0) throw new ContentRejected(problems);
}

/** In the order of the content, what concerns all of it first. */
export function firstProblems(problems: readonly ContentProblem[]): ContentProblem[] {
  return [...problems].sort((a, b) => (a.row ?? 0) - (b.row ?? 0)).slice(0, MOST_PROBLEMS);
}

/** A value or name as a detail quotes it: on one line, and not for ever. */
export function quoted(text: string): string {
  const line = text.replace(/[\u0000-\u001f\u007f]+/g, ' ');
  return `"${line.length > 60 ? `${line.slice(0, 60)}…` : line}"`;
}
