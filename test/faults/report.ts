import type { Verdict } from './checks/check.js';
import type { Settings } from './settings.js';

export interface Outcome extends Verdict {
  settings: Settings;
  struck: ReadonlyMap<string, number>;
  /** Kinds that this machine cannot bring about. */
  dropped: string[];
  /** Errors in the logs, by message. */
  troubles: ReadonlyMap<string, { count: number; example: string }>;
  requests: { answered: number; unknown: number };
  durationMs: number;
}

const LOG_LINES = 25;

export function hasFailed({ violations, struck }: Outcome): boolean {
  return violations.length > 0 || [...struck.values()].includes(0);
}

/** For people first, then one line of JSON for programs. */
export function print(outcome: Outcome): void {
  const { settings, struck, violations, recoveries, slowest, endings, troubles, requests, durationMs } = outcome;
  const seconds = Math.round(durationMs / 1000);
  console.log(`\nseed ${settings.seed}, ${settings.backend}: ${seconds} s, requests ${JSON.stringify(requests)}`);
  console.log(`jobs: ${JSON.stringify(endings)}\n`);
  console.log(
    `${'fault'.padEnd(36)}${'struck'.padStart(8)}${'runs hit'.padStart(10)}${'recovered'.padStart(11)}  median    max`,
  );
  for (const [fault, count] of [...struck, ['all', sum(struck.values())] as const]) {
    const { interrupted = 0, recovered = 0, median, most } = recoveries.find((entry) => entry.fault === fault) ?? {};
    const times = [median, most].map((ms) => (ms === null || ms === undefined ? '' : `${ms}`).padStart(8)).join('');
    const counts = String(count).padStart(8) + String(interrupted).padStart(10) + String(recovered).padStart(11);
    console.log(`${fault.padEnd(36)}${counts}${times}`);
  }
  for (const { fault, jobId, attempt, ms, at, events } of slowest) {
    console.log(`\nslow: ${ms} ms from ${at.toISOString()}, ${fault}, ${jobId}, attempt ${attempt}`);
    for (const line of events) console.log(`    ${line}`);
  }
  for (const [kind, count] of struck) if (count === 0) console.log(`NEVER STRUCK: ${kind}`);
  for (const [kind, { count, example }] of troubles)
    console.log(`\nlogged as error, ${count} times: ${kind}\n  ${example}`);
  for (const { invariant, row, log } of violations) {
    console.log(`\nVIOLATED: ${invariant}\n  ${JSON.stringify(row)}`);
    for (const line of log.slice(-LOG_LINES)) console.log(`    ${line}`);
  }
  console.log(JSON.stringify(summary(outcome)));
}

function summary({ settings, struck, violations, recoveries, durationMs, dropped, endings }: Outcome): object {
  const all = recoveries.find(({ fault }) => fault === 'all');
  return {
    seed: settings.seed,
    backend: settings.backend,
    jobs: sum(Object.values(endings)),
    faults: sum(struck.values()),
    faultsByKind: Object.fromEntries(struck),
    dropped,
    recoveries: all?.recovered ?? 0,
    recoveryMs: { median: all?.median ?? null, maximum: all?.most ?? null },
    durationMs: Math.round(durationMs),
    violations: violations.map(({ invariant }) => invariant),
  };
}

function sum(numbers: Iterable<number>): number {
  return [...numbers].reduce((total, number) => total + number, 0);
}
