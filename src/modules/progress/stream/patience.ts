import { Logger } from '@nestjs/common';
import { remedyFor } from '../../../database/remedy.js';
import type { Subscription } from './subscription.js';

const PAUSE_MS = 1_000;
const logger = new Logger('Streams');

/**
 * Reads until the database answers: a stream that ended for an outage would have its clients come back to a 503, which
 * browsers take for the end. Null once the stream is closed. Throws what trying again would not mend.
 */
export async function patiently<T>(read: () => Promise<T>, subscription: Subscription): Promise<T | null> {
  while (!subscription.isClosed) {
    try {
      return await read();
    } catch (error) {
      if (remedyFor(error) !== 'retry') throw error;
      logger.warn({ msg: 'A stream cannot be read on for the moment', reason: (error as Error).message });
      await subscription.next(PAUSE_MS);
    }
  }
  return null;
}
