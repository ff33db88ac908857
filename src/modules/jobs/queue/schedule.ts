/** What is to be done and by whom. Milliseconds of training. */
export interface Load {
  /** Runs that the living workers train at once, in all. */
  capacity: number;
  /** What each run under way still takes. */
  busy: readonly number[];
  /** What each job takes that waits, in the order in which they go. */
  work: readonly number[];
  /** What the jobs behind them take in all. */
  rest: number;
}

/** Milliseconds from now. */
export interface Schedule {
  /** When the next one in line begins. */
  nextStart: number;
  /** When everything is done. */
  allDone: number;
}

/** A hundred years: dates come to an end, and nobody plans by more. */
const FURTHEST_MS = 100 * 365 * 86_400_000;

/**
 * List scheduling: whoever is next takes the slot that is free first. Approximate in that it believes the estimates, lets
 * nobody arrive, fail, pause or end early, takes no time from one run to the next, and spreads `rest` evenly over all
 * slots. Null when nobody is there to do it.
 */
export function schedule({ capacity, busy, work, rest }: Load): Schedule | null {
  if (capacity < 1) return null;
  const slots = Math.max(capacity, busy.length);
  // Idle slots beyond those that the line can fill change nothing.
  const idle = Array.from({ length: Math.min(slots - busy.length, work.length + 1) }, () => 0);
  const freeAt = [...idle, ...busy.toSorted((a, b) => a - b)];
  for (const ms of work) insert(freeAt, freeAt.shift()! + ms);
  const share = rest / slots;
  return { nextStart: within(freeAt[0]! + share), allDone: within(freeAt.at(-1)! + share) };
}

function within(ms: number): number {
  return Math.min(Math.round(ms), FURTHEST_MS);
}

function insert(sorted: number[], value: number): void {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (sorted[middle]! <= value) from = middle + 1;
    else to = middle;
  }
  sorted.splice(from, 0, value);
}
