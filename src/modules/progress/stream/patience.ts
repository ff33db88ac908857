import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { remedyFor } from '../../../database/remedy.js';
import type { Subscription } from './subscription.js';

/** Milliseconds of silence after which a stream says that it lives. */
export const HEARTBEAT_MS = 15_000;
/** Milliseconds before the database is asked again. */
const PAUSE_MS = 1_000;
const SILENT = Symbol('SILENT');
const logger = new Logger('Streams');

/** A stream says that it lives, and nothing else. */
export const SILENCE = { kind: 'silence' } as const;

/**
 * Reads until the database answers, and says meanwhile that the stream lives: one that ended for an outage would have its
 * clients come back to a 503, which browsers take for the end. Null once the stream is closed. Throws what trying again
 * would not mend.
 */
export async function* patiently<T>(
  read: () => Promise<T>,
  subscription: Subscription,
): AsyncGenerator<typeof SILENCE, T | null> {
  while (!subscription.isClosed) {
    const outcome = yield* outlasting(read());
    if ('value' in outcome) return outcome.value;
    if (remedyFor(outcome.error) !== 'retry') throw outcome.error;
    logger.warn({ msg: 'A stream cannot be read on for the moment', reason: (outcome.error as Error).message });
    yield SILENCE;
    await subscription.next(PAUSE_MS);
  }
  return null;
}

type Outcome<T> = { value: T } | { error: unknown };

async function* outlasting<T>(work: Promise<T>): AsyncGenerator<typeof SILENCE, Outcome<T>> {
  const settled = work.then(
    (value): Outcome<T> => ({ value }),
    (error: unknown): Outcome<T> => ({ error }),
  );
  for (;;) {
    const heard = new AbortController();
    const silence = delay(HEARTBEAT_MS, SILENT, { signal: heard.signal }).catch(() => SILENT);
    const outcome = await Promise.race([settled, silence]);
    heard.abort();
    if (outcome !== SILENT) return outcome as Outcome<T>;
    yield SILENCE;
  }
}
