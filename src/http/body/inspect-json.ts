import { jsonPointer } from '../json-pointer.js';
import { isCleanText } from '../validation/clean-text.js';
import { ForbiddenContentError, NestingTooDeepError } from './body.errors.js';

/** Levels of nesting; the deepest body of the API has five. */
export const MAX_DEPTH = 32;

/** Keys that could reach an object's prototype on their way through libraries, or that these drop without a word. */
const FORBIDDEN_KEYS = new Set(['prototype', ...Object.getOwnPropertyNames(Object.prototype)]);

/** Control characters that some field may hold; each field says which. */
const KEPT = '\t\n\r';

interface Visit {
  value: unknown;
  path: Path | null;
  depth: number;
}

interface Path {
  step: string;
  parent: Path | null;
}

/**
 * Refuses what no field can hold, wherever it stands in a parsed body. Walks with a stack of its own, because recursion
 * would end with an overflow on the very bodies this is for. Throws NestingTooDeepError or ForbiddenContentError.
 */
export function inspectJson(body: unknown): void {
  const stack: Visit[] = [{ value: body, path: null, depth: 0 }];
  for (let visit = stack.pop(); visit; visit = stack.pop()) {
    const { value, path, depth } = visit;
    if (typeof value === 'string') checkText(value, path);
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= MAX_DEPTH) throw new NestingTooDeepError(MAX_DEPTH);
    for (const [step, child] of Object.entries(value)) {
      const here = { step, parent: path };
      if (!Array.isArray(value)) checkKey(step, here);
      stack.push({ value: child, path: here, depth: depth + 1 });
    }
  }
}

function checkKey(key: string, path: Path): void {
  if (FORBIDDEN_KEYS.has(key)) throw new ForbiddenContentError(pointerTo(path), 'forbidden_key', `${key} is no field.`);
  checkText(key, path);
}

function checkText(text: string, path: Path | null): void {
  if (isCleanText(text, KEPT)) return;
  const detail = 'Text must not contain control characters or lone surrogates.';
  throw new ForbiddenContentError(pointerTo(path), 'invalid_characters', detail);
}

function pointerTo(path: Path | null): string {
  const steps: string[] = [];
  for (let at = path; at; at = at.parent) steps.unshift(at.step);
  return jsonPointer(steps);
}
