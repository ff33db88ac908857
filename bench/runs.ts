import { TestPlatform } from '../test/support/platform.js';
import { createDataset, datasetSettled } from '../test/support/training.js';
import { benchmark } from './harness/benchmark.js';
import { interleave, type Subject } from './harness/interleave.js';
import { median } from './harness/median.js';
import { ratioOf, shown } from './harness/report.js';
import { BACKENDS, REAL_SETTINGS } from './runs/backends.js';
import { BareRuns, type Drained, Runs } from './runs/drain.js';

/**
 * `npm run bench -- runs`: whole jobs a second, from their start to completed, with artefact and version stored, held against
 * BullMQ jobs that do nothing, on the same backend, with as many workers and as many at once.
 */
const EPOCHS = [1, 10, 100];
/** Of a worker process, as in `dispatch`. With ten there is less to be written together. */
const CONCURRENCY = 50;
const TARGETS: Readonly<Record<string, number>> = { PostgreSQL: 0.35, Redis: 0.15 };

await benchmark('runs', async ({ full, rounds, report }) => {
  const jobs: Readonly<Record<number, number>> = full ? { 1: 1_000, 10: 500, 100: 100 } : { 1: 200, 10: 50, 100: 20 };
  const bareJobs = full ? 5_000 : 1_500;
  for (const [backend, queue] of Object.entries(BACKENDS())) {
    const platform = await TestPlatform.start({ workers: 0, environment: REAL_SETTINGS, queue: queue() });
    const datasetId = await createDataset(platform.client);
    const runs = await Runs.start(platform, datasetId, CONCURRENCY);
    await datasetSettled(platform.client, datasetId);
    const bare = await BareRuns.start(platform, bareJobs, CONCURRENCY);
    const costs: Record<string, Drained[]> = {};
    const subject =
      (name: string, drain: () => Promise<Drained>): Subject =>
      async () => {
        const drained = await drain();
        (costs[name] ??= []).push(drained);
        return drained.jobsASecond;
      };
    const subjects = Object.fromEntries(
      [
        ['bare no-op jobs', () => bare.drain()] as const,
        ...EPOCHS.map((epochs) => [`jobs of ${epochs}`, () => runs.drain(jobs[epochs]!, epochs)] as const),
      ].map(([name, drain]) => [name, subject(name, drain)]),
    );
    const samples = await interleave(rounds, subjects);
    const table = report.table(`Whole jobs, queue in ${backend}`, 'jobs/s', 'bare no-op jobs', samples);
    for (const [name, drained] of Object.entries(costs)) {
      const of = (part: 'worker' | 'servers') => shown(median(drained.slice(1).map((one) => one.processorMs[part])));
      report.note(
        `${name}: ${of('worker')} ms of processor time a job in the worker, ${of('servers')} ms in the servers`,
      );
    }
    report.target(`jobs of one epoch, of bare BullMQ on ${backend}`, ratioOf(table, 'jobs of 1'), {
      atLeast: TARGETS[backend]!,
    });
    await runs.stop();
    await bare.stop();
    await platform.stop();
  }
});
