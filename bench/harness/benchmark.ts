import { parseArgs } from 'node:util';
import { Report } from './report.js';
import { withServers } from './with-servers.js';

export interface Bench {
  /** The sizes that figures are taken with; else sizes that are soon done. */
  full: boolean;
  /** Interleaved rounds that are counted. */
  rounds: number;
  report: Report;
}

const ROUNDS = { quick: 5, full: 7 };

/** Runs a benchmark beside real servers; `--full` takes its full sizes. */
export async function benchmark(name: string, work: (bench: Bench) => Promise<void>): Promise<void> {
  const { values } = parseArgs({ options: { full: { type: 'boolean', default: false } } });
  const size = values.full ? 'full' : 'quick';
  const report = new Report(name, size);
  await withServers(() => work({ full: values.full, rounds: ROUNDS[size], report }));
  report.write();
}
