/** Milliseconds after which a client that was cut off comes back. */
export const RETRY_MS = 1_000;

/** The first words of every stream; they also make proxies and clients take it for open. */
export const GREETING = `retry: ${RETRY_MS}\n\n`;

/** A comment: says that the connection lives. */
export const HEARTBEAT = ': \n\n';

/** One event of a stream as it is sent (WHATWG HTML, 9.2.6). JSON has no line breaks. Without an id it cannot be resumed from. */
export function serverSentEvent(name: string, data: object, id?: string): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
