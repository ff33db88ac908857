import { once } from 'node:events';
import { setImmediate, setTimeout } from 'node:timers/promises';

/** Waits so many milliseconds; throws the signal's reason as soon as it is aborted. */
export async function wait(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (ms <= 0) return;
  try {
    await setTimeout(ms, undefined, { signal });
  } catch (error) {
    // The timer throws an AbortError of its own around the reason.
    signal.throwIfAborted();
    throw error;
  }
}

/** Lets timers and sockets have their turn; without it a run with no waits would starve its whole process. */
export async function breathe(signal: AbortSignal): Promise<void> {
  await setImmediate();
  signal.throwIfAborted();
}

/** Never returns: does nothing, without keeping the event loop busy, until the signal is aborted. */
export async function untilAborted(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await once(signal, 'abort');
  throw signal.reason;
}
