import { setTimeout as delay } from 'node:timers/promises';
import { readEvents, type StreamEvent } from './event-stream.js';
import { reasonOf } from './reason-of.js';
import { RequestFailedError } from './request-failed.error.js';
import type { RestClient } from './rest-client.js';
import { SilenceLimit } from './silence-limit.js';

export interface FollowOptions {
  /** Where to begin: '0' for everything from the beginning. Without it the stream begins where its server likes. */
  after?: string;
  /** Gives up, as the client's own signal does. */
  signal?: AbortSignal;
  /** Is told why the connection is lost, once, however often it is tried in vain; and `undefined` when it is back. */
  onConnection?: (lost: string | undefined) => void;
  /** A connection that is silent for so long is dead: heartbeats come more often. Milliseconds. */
  silenceLimitMs?: number;
}

const SILENCE_LIMIT_MS = 45_000;
const RETRY_MS = 1_000;
const NO_CONTENT = 204;
const EVENT_STREAM = 'text/event-stream';

/**
 * The events of a stream without a gap or a repeat: a connection that breaks is made again, after the last event that
 * came whole. Ends when the server says that there is no more (204). Throws a RequestFailedError for an answer that
 * trying again would not mend, and otherwise only the reason of a signal that gave up.
 */
export async function* follow(client: RestClient, path: string, options: FollowOptions): AsyncGenerator<StreamEvent> {
  const { onConnection = () => undefined, silenceLimitMs = SILENCE_LIMIT_MS } = options;
  const givenUp = AbortSignal.any([client.signal, ...(options.signal ? [options.signal] : [])]);
  let position = options.after;
  let isResumed = false;
  let retryMs = RETRY_MS;
  let isLost = false;
  for (;;) {
    const done = new AbortController();
    const silence = new SilenceLimit(silenceLimitMs);
    const signal = AbortSignal.any([givenUp, done.signal, silence.signal]);
    let waitMs: number | undefined;
    try {
      const bytes: AsyncIterable<Uint8Array> | undefined = await silence.during(
        connect(client, path, { position, isResumed, signal }),
      );
      if (!bytes) return;
      if (isLost) onConnection(undefined);
      isLost = false;
      for await (const event of readEvents(silence.over(bytes), { onRetry: (ms) => (retryMs = ms) })) {
        if (event.lastId !== '') [position, isResumed] = [event.lastId, true];
        yield event;
      }
      throw new Error('the server ended it');
    } catch (error) {
      givenUp.throwIfAborted();
      if (error instanceof RequestFailedError && !error.mayPass) throw error;
      if (!isLost) onConnection(reasonOf(error as Error));
      isLost = true;
      waitMs = (error as Partial<RequestFailedError>).retryAfterMs;
    } finally {
      done.abort();
    }
    await delay(waitMs ?? retryMs, undefined, { signal: givenUp }).catch(() => givenUp.throwIfAborted());
  }
}

interface Connection {
  position: string | undefined;
  /** The position is an event's id, as opposed to where the caller wanted to begin. */
  isResumed: boolean;
  signal: AbortSignal;
}

/** The bytes of the stream; undefined when there are no more. */
async function connect(
  client: RestClient,
  path: string,
  { position, isResumed, signal }: Connection,
): Promise<AsyncIterable<Uint8Array> | undefined> {
  const headers: Record<string, string> = { accept: EVENT_STREAM };
  if (isResumed) headers['last-event-id'] = position!;
  const from = position === undefined || isResumed ? '' : `?after=${encodeURIComponent(position)}`;
  const response = await client.open(path + from, headers, signal);
  if (response.status === NO_CONTENT) return undefined;
  if (!response.ok) throw await RequestFailedError.of(`GET ${path}`, response);
  if (!response.body || !response.headers.get('content-type')?.startsWith(EVENT_STREAM)) {
    throw new RequestFailedError(`GET ${path}`, response.status, { detail: 'no stream of events' });
  }
  return response.body;
}
