import { BodyNotAnObjectError, MalformedJsonError } from './body.errors.js';
import { inspectJson } from './inspect-json.js';

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** The object that a JSON body is, or undefined for an empty one. Throws a DomainError for anything that is not safe, well-formed JSON. */
export function parseJson(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  const body = parsed(decoded(bytes));
  inspectJson(body);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new BodyNotAnObjectError();
  return body;
}

function decoded(bytes: Buffer): string {
  try {
    return UTF8.decode(bytes);
  } catch {
    throw new MalformedJsonError('The body is not valid UTF-8.');
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new MalformedJsonError('The body is not valid JSON.');
  }
}
