import type { Answer, Client } from './client.js';

/** Sends a POST with an Idempotency-Key. A body that is a text is sent as it stands. */
export function postOnce<T = { id: string; code: string }>(
  client: Client,
  key: string,
  path: string,
  body?: unknown,
): Promise<Answer<T>> {
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  return client.raw<T>('POST', path, text, { 'idempotency-key': key });
}

/** Whether an answer says that it was stored by an earlier request. */
export function replayed({ headers }: Answer<unknown>): boolean {
  return headers.get('idempotency-replayed') === 'true';
}

/** As much of an answer as a repetition has to give again. */
export function essence({ status, text, headers }: Answer<unknown>) {
  const [location, type] = [headers.get('location'), headers.get('content-type')];
  return { status, text, location, type };
}
