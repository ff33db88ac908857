import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GREETING, HEARTBEAT } from './server-sent-event.js';

/** Bytes that wait for a client at most, before the stream stops reading on. */
const BUFFER_BYTES = 16_384;

/** Longest time that a timer can be set to, milliseconds. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export interface LiveStream {
  /** Texts of events; ends when `signal` is aborted. */
  texts: (signal: AbortSignal) => AsyncIterable<string>;
  /** When whoever asked may read no longer. */
  until: Date;
  /** Called once, however it ends. */
  onEnd: () => void;
}

/**
 * Sends events as they come, and asks for the next ones when the client has taken those before. It ends with the client,
 * with its permission, or by itself.
 */
export async function sendStream(request: FastifyRequest, reply: FastifyReply, stream: LiveStream): Promise<void> {
  const over = new AbortController();
  const left = Math.min(LONGEST_TIMER_MS, Math.max(0, stream.until.getTime() - Date.now()));
  const timer = setTimeout(() => over.abort(), left);
  const end = () => {
    clearTimeout(timer);
    over.abort();
    stream.onEnd();
  };
  if (request.raw.destroyed || reply.raw.destroyed) return end();
  reply.raw.once('close', end);
  void reply.headers({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    // Proxies that gather answers would make a live stream none.
    'x-accel-buffering': 'no',
  });
  const isHead = request.method === 'HEAD';
  const texts = isHead ? [] : greeted(stream.texts(over.signal));
  await reply.send(Readable.from(texts, { objectMode: false, highWaterMark: BUFFER_BYTES }));
}

/** The first bytes go out at once: until then a client does not know that the stream is open. */
async function* greeted(texts: AsyncIterable<string>): AsyncGenerator<string> {
  yield GREETING + HEARTBEAT;
  yield* texts;
}
