import { type Target, WRITES } from './bad-input.js';
import { BASE_PATH } from './client.js';
import type { Operation } from './openapi.js';

export interface Told {
  status: number;
  code: string | undefined;
  text: string;
  requestId: string;
}

/** As in the table of access: without the base path. */
export const nameOf = ({ method, path }: Operation) => `${method} ${path.replace(BASE_PATH, '')}`;

/** What archives or removes goes last: others would find nothing to do. After all what shuts out whoever asks. */
export function inAnOrder(operations: readonly Operation[]): Operation[] {
  const place = ({ method, path }: Operation) => {
    if (path.endsWith('/revocations/everyone')) return 3;
    if (method === 'DELETE') return 2;
    return method === 'PATCH' && path.endsWith('{version}') ? 1 : 0;
  };
  return operations.toSorted((a, b) => place(a) - place(b));
}

/** Calls an operation of the document about what the target has, as the bearer of the token, by this API. */
export async function ask(
  target: Target,
  operation: Operation,
  token: string | null,
  { origin }: { origin: string } = target.client,
): Promise<Told> {
  const { method, path } = operation;
  const write = WRITES.find(([verb, name]) => verb === method && path.endsWith(name));
  const leaving = new AbortController();
  const response = await fetch(origin + target.filled(path) + queryOf(target, operation), {
    method,
    signal: leaving.signal,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(write ? { 'content-type': 'application/json' } : {}),
    },
    ...(write && { body: JSON.stringify(target.valid(write[2])).replace(/job_(none|123)/, target.ids.created!) }),
  });
  const type = response.headers.get('content-type') ?? '';
  // A stream goes on; that it was opened is all that is asked.
  const text = type.startsWith('text/event-stream') ? '' : await response.text();
  leaving.abort();
  const { code } = type.startsWith('application/problem+json') ? (JSON.parse(text) as { code: string }) : {};
  return { status: response.status, code, text, requestId: response.headers.get('x-request-id')! };
}

/** What is compared with what, where an operation needs to know. */
function queryOf({ ids }: Target, { parameters }: Operation): string {
  const compared: Record<string, string> = { versions: '1.0.0,1.1.0', jobs: `${ids.completed},${ids.queued}` };
  const needed = parameters.find(({ name }) => name in compared);
  return needed ? `?${needed.name}=${compared[needed.name]}` : '';
}
