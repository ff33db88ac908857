import { setTimeout as wait } from 'node:timers/promises';
import { quantile } from '../harness/median.js';
import type { Racing } from './running-jobs.js';

/** What becomes of epochs that come whether or not the ones before are written. */
export interface Offered {
  /** Milliseconds from when it was due to committed. */
  p50: number;
  p99: number;
  /** Of a core, of this process: who offers them included. */
  share: number;
}

/**
 * So many epochs a second, of all runs in turn, a few each millisecond. What keeps them from being offered when they are
 * due is part of what they take.
 */
export async function offered(
  runs: readonly Racing[],
  epochsASecond: number,
  ms: number,
  write: (racing: Racing) => Promise<void>,
): Promise<Offered> {
  const took: number[] = [];
  const last = runs.map(() => Promise.resolve());
  const offer = async (place: number, due: number, before: Promise<void>) => {
    await before;
    const racing = runs[place]!;
    racing.epoch += 1;
    await write(racing);
    took.push(performance.now() - due);
  };
  const cpu = process.cpuUsage();
  const from = performance.now();
  for (let count = 0; performance.now() - from < ms; await wait(1)) {
    for (const due = ((performance.now() - from) * epochsASecond) / 1_000; count < due; count++) {
      const place = count % runs.length;
      last[place] = offer(place, from + (count * 1_000) / epochsASecond, last[place]!);
    }
  }
  await Promise.all(last);
  const { user, system } = process.cpuUsage(cpu);
  const share = (user + system) / 1_000 / (performance.now() - from);
  return { p50: quantile(took, 0.5), p99: quantile(took, 0.99), share };
}
