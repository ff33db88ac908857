import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GREETING, HEARTBEAT } from './server-sent-event.js';

/** Bytes that wait for a client at most, before the stream stops reading on. */
const BUFFER_BYTES = 16_384;
/** Longest time that a timer can be set to, milliseconds. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** Milliseconds that a client has to take what is on its way, once the stream is over. */
const GRACE_MS = 1_000;
/** Milliseconds after which a client that takes nothing is given up: a laptop that was closed, most likely. */
const STALLED_MS = 300_000;

export interface LiveStream {
  /** Texts of events; ends when `signal` is aborted. */
  texts: (signal: AbortSignal) => AsyncIterable<string>;
  /** When whoever asked may read no longer. */
  until: Date;
  /** Takes its place, and gives back how to leave it; may throw. `hangUp` ends the stream. */
  enter: (hangUp: () => void) => () => void;
}

/**
 * Sends events as they come, and asks for the next ones when the client has taken those before. It ends with the client,
 * with its permission, with this process, or by itself.
 */
export async function sendStream(request: FastifyRequest, reply: FastifyReply, stream: LiveStream): Promise<void> {
  const { socket } = request.raw;
  if (socket.destroyed) return;
  const over = new AbortController();
  const hangUp = () => {
    over.abort();
    setTimeout(() => reply.raw.writableFinished || reply.raw.destroy(), GRACE_MS).unref();
  };
  const leave = stream.enter(hangUp);
  const left = Math.min(LONGEST_TIMER_MS, Math.max(0, stream.until.getTime() - Date.now()));
  const timer = setTimeout(hangUp, left);
  const end = () => {
    clearTimeout(timer);
    socket.off('close', end);
    over.abort();
    leave();
  };
  reply.raw.once('close', end);
  // An answer that waits for the one before it on the same connection never hears that it is closed.
  socket.once('close', end);
  void reply.headers({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    // Proxies that gather answers would make a live stream none.
    'x-accel-buffering': 'no',
  });
  const isHead = request.method === 'HEAD';
  const texts = isHead ? [] : taken(greeted(stream.texts(over.signal)), hangUp);
  await reply.send(Readable.from(texts, { objectMode: false, highWaterMark: BUFFER_BYTES }));
}

/** The first bytes go out at once: until then a client does not know that the stream is open. */
async function* greeted(texts: AsyncIterable<string>): AsyncGenerator<string> {
  yield GREETING + HEARTBEAT;
  yield* texts;
}

/** Calls back when a text is not taken for a long time. */
async function* taken(texts: AsyncIterable<string>, onStalled: () => void): AsyncGenerator<string> {
  for await (const text of texts) {
    const timer = setTimeout(onStalled, STALLED_MS);
    try {
      yield text;
    } finally {
      clearTimeout(timer);
    }
  }
}
