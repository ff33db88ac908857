import type { Verdict, Violation } from './checks/check.js';
import type { Settings } from './settings.js';

export interface Outcome extends Verdict {
  settings: Settings;
  struck: ReadonlyMap<string, number>;
  /** Kinds that this machine cannot bring about. */
  dropped: string[];
  /** Jobs that waited although workers were there. */
  stranded: string[];
  /** Errors in the logs, by message. */
  troubles: ReadonlyMap<string, { count: number; example: string }>;
  requests: { answered: number; unknown: number };
  durationMs: number;
}

/** Of each invariant that is violated: rows, and lines of log about the job of the first. */
const ROWS = 6;
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
  for (const line of outcome.stranded) console.log(`\nwaiting for long: ${line}`);
  for (const [kind, count] of struck) if (count === 0) console.log(`NEVER STRUCK: ${kind}`);
  for (const [kind, { count, example }] of troubles)
    console.log(`\nlogged as error, ${count} times: ${kind}\n  ${example}`);
  for (const [invariant, found] of byInvariant(violations)) {
    console.log(`\nVIOLATED ${found.length} times: ${invariant}`);
    for (const { row } of found.slice(0, ROWS)) console.log(`  ${JSON.stringify(row)}`);
    for (const line of found[0]!.log.slice(-LOG_LINES)) console.log(`    ${line}`);
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
    violations: Object.fromEntries([...byInvariant(violations)].map(([name, found]) => [name, found.length])),
  };
}

function byInvariant(violations: readonly Violation[]): Map<string, Violation[]> {
  const groups = new Map<string, Violation[]>();
  for (const violation of violations) {
    groups.set(violation.invariant, [...(groups.get(violation.invariant) ?? []), violation]);
  }
  return groups;
}

function sum(numbers: Iterable<number>): number {
  return [...numbers].reduce((total, number) => total + number, 0);
}
