import type { RatePolicy, Standing } from './policy.js';

/**
 * The generic cell rate algorithm in its virtual scheduling form (ITU-T I.371, annex A): a request is expected every
 * `window / quota`; `expectedAt` (TAT) is when the one after the last would have come, had all come evenly. One is
 * refused that comes more than a window before it is expected. One number for each key, no jump at a window's end,
 * and never more than twice the quota within any window. Times in milliseconds.
 */
export function arrive(policy: RatePolicy, expectedAt: number | undefined, now: number): Standing & { next: number } {
  const interval = policy.windowMs / policy.quota;
  const next = Math.max(expectedAt ?? now, now) + interval;
  const early = next - now - policy.windowMs;
  // Sums of fractions: a millionth of a millisecond is no delay.
  if (early > 1e-6) return { policy, isAllowed: false, remaining: 0, waitMs: early, next: next - interval };
  const remaining = Math.floor((-early + 1e-6) / interval);
  return { policy, isAllowed: true, remaining, waitMs: remaining > 0 ? 0 : early + interval, next };
}
