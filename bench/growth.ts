import { connect } from '../test/support/data-source.js';
import { TestPlatform } from '../test/support/platform.js';
import { benchmark } from './harness/benchmark.js';
import type { Samples } from './harness/interleave.js';
import { grow } from './growth/grow.js';
import { type At, tellGrowth } from './growth/growth-of.js';
import { READS } from './growth/questions.js';
import { STATEMENTS } from './growth/statements.js';
import { writes } from './growth/writes.js';
import { latencies, type Repeated, type Work } from './history/latencies.js';

/**
 * `npm run bench -- growth`: the same work with 1,000 to 100,000 (`--full`: 1,000,000) jobs in the tables. Every read of
 * the API with each of its filters and orders, what workers ask every few seconds, and what is written of a job.
 */
const SIZES = { quick: [1_000, 10_000, 100_000], full: [1_000, 10_000, 100_000, 1_000_000] };
const CALLS = 5;

const each = (of: Readonly<Record<string, Work>>): Record<string, Repeated> =>
  Object.fromEntries(Object.entries(of).map(([name, work]) => [name, [CALLS, work]]));

await benchmark('growth', async ({ full, rounds, report }) => {
  const platform = await TestPlatform.start({ workers: 0 });
  const { database, client } = platform;
  const { source } = await connect(database);
  const ask = (path: string) => async () => {
    const { status, text } = await client.get(path);
    if (status !== 200) throw new Error(`${path} was answered ${status}: ${text}`);
  };
  const of = <T>(all: Readonly<Record<string, T>>, toWork: (one: T) => Work) =>
    each(Object.fromEntries(Object.entries(all).map(([name, one]) => [name, toWork(one)])));
  const subjects = {
    Reads: of(READS, ask),
    Statements: of(
      STATEMENTS,
      ([text, ...values]) =>
        async () =>
          database.rows(text, values),
    ),
  };
  const measured: Record<string, At[]> = { Reads: [], Statements: [], Writes: [] };
  try {
    let there = 0;
    for (const jobs of SIZES[full ? 'full' : 'quick']) {
      const begun = performance.now();
      await grow(database, there, jobs);
      there = jobs;
      report.note(`${jobs.toLocaleString('en')} jobs after ${Math.round((performance.now() - begun) / 1_000)} s`);
      for (const [kind, work] of Object.entries(subjects)) {
        const samples: Samples = (await latencies(rounds, work)).p50;
        measured[kind]!.push({ jobs, samples });
        if (kind === 'Reads')
          report.table(`Reads with ${jobs.toLocaleString('en')} jobs`, 'ms', 'GET /status', samples);
      }
      measured['Writes']!.push({ jobs, samples: await writes(database, source, client, rounds, CALLS) });
    }
    for (const [kind, sizes] of Object.entries(measured)) tellGrowth(report, kind, sizes, kind !== 'Writes');
  } finally {
    await source.destroy();
    await platform.stop();
  }
});
