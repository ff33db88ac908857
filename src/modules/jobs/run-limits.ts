/** What a run may cost in attempts and time before its job fails. */
export interface RunLimits {
  /** Attempts that may fail in a row, without a new epoch in between. */
  maxAttempts: number;
  /** Milliseconds from the first claim on, pauses not counted; null: as long as it takes. */
  maxDurationMs: number | null;
}

export const DEFAULT_MAX_ATTEMPTS = 3;
export const MOST_ATTEMPTS = 20;

/** What a timer can wait for: 24.8 days. */
export const LONGEST_DURATION_MS = 2_147_483_647;

/** Of jobs that wait for a worker, those with the higher priority go first. */
export const PRIORITY = { least: -100, usual: 0, most: 100 };

/** Limits of which anything may be left out. */
export interface PartialLimits {
  maxAttempts?: number;
  maxDurationMs?: number;
}

export function resolveLimits(given: PartialLimits = {}): RunLimits {
  return { maxAttempts: given.maxAttempts ?? DEFAULT_MAX_ATTEMPTS, maxDurationMs: given.maxDurationMs ?? null };
}
