import { interleave, type Samples, type Subject } from '../harness/interleave.js';
import { quantile } from '../harness/median.js';
import type { Report, Table } from '../harness/report.js';

/** Does its work once. */
export type Work = () => Promise<unknown>;

/** What is done, and how often in a round. */
export type Repeated = readonly [calls: number, work: Work];

export interface Latencies {
  /** Of the calls of each round, milliseconds. */
  p50: Samples;
  p99: Samples;
}

/** Has the subjects take turns, each with its calls of a round one after the other. */
export async function latencies(rounds: number, subjects: Readonly<Record<string, Repeated>>): Promise<Latencies> {
  const all: Record<string, number[][]> = Object.fromEntries(Object.keys(subjects).map((name) => [name, []]));
  const timed = Object.entries(subjects).map(([name, [calls, work]]): [string, Subject] => {
    return [
      name,
      async () => {
        const times: number[] = [];
        for (let call = 0; call < calls; call++) times.push(await milliseconds(work));
        all[name]!.push(times);
        return quantile(times, 0.5);
      },
    ];
  });
  const p50 = await interleave(rounds, Object.fromEntries(timed));
  // The first round warms up.
  const p99 = Object.fromEntries(
    Object.entries(all).map(([name, of]) => [name, of.slice(1).map((times) => quantile(times, 0.99))]),
  );
  return { p50, p99 };
}

export async function milliseconds(work: Work): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

const MANY = 50;
export const often = (work: Work): Repeated => [MANY, work];

/** Two tables: of each round's calls the median, and the 99th percentile. Gives the first. */
export async function tell(
  report: Report,
  title: string,
  known: string,
  rounds: number,
  subjects: Readonly<Record<string, Repeated>>,
): Promise<Table> {
  const { p50, p99 } = await latencies(rounds, subjects);
  const table = report.table(`${title}, p50`, 'ms', known, p50);
  report.table(`${title}, p99`, 'ms', known, p99);
  return table;
}
