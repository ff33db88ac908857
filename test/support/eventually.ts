import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 25;

type Falsy = false | null | undefined | 0 | '';

/** Polls until `probe` gives a truthy value, which it returns; throws with `what` once the deadline has passed. */
export async function eventually<T>(
  probe: () => Promise<T> | T,
  what: string,
  deadlineMs = 60_000,
): Promise<Exclude<T, Falsy>> {
  const end = performance.now() + deadlineMs;
  for (;;) {
    const value = await probe();
    if (value) return value as Exclude<T, Falsy>;
    if (performance.now() > end) throw new Error(`Not within ${deadlineMs} ms: ${what}`);
    await pause(POLL_MS);
  }
}
