import { TestPlatform } from '../test/support/platform.js';
import { createDataset, datasetSettled, startedJob } from '../test/support/training.js';
import { benchmark } from './harness/benchmark.js';
import { interleave, type Subject } from './harness/interleave.js';
import { quantile } from './harness/median.js';
import { ratioOf } from './harness/report.js';
import { LoggedProcess } from './harness/logged-process.js';
import { BACKENDS, REAL_SETTINGS } from './runs/backends.js';
import { barePickup, type Pickup, pickupOfRuns } from './runs/pickup.js';

/**
 * `npm run bench -- dispatch`: from the request that starts a job to the first row of its progress, as a reader sees it, held
 * against adding to BullMQ and the row that a worker of its own inserts; with nothing else going on, and beside runs
 * that report all the time, which both meet.
 */
const CONCURRENCY = 50;
const LOAD = { runs: 20, epochMs: 50 };
const BARE = 'bare BullMQ: add → row';
const PLATFORM = 'platform: start → progress';

/** The median of what so many took; the slowest hundredth goes into a list of its own. */
const times =
  (pickup: Pickup, count: number, into: number[]): Subject =>
  async () => {
    const took: number[] = [];
    for (let done = 0; done < count; done++) took.push(await pickup.once());
    into.push(quantile(took, 0.99));
    return quantile(took, 0.5);
  };

await benchmark('dispatch', async ({ full, rounds, report }) => {
  const count = full ? 200 : 30;
  for (const [backend, queue] of Object.entries(BACKENDS())) {
    const platform = await TestPlatform.start({ workers: 0, environment: REAL_SETTINGS, queue: queue() });
    const environment = platform.variables({ WORKER_CONCURRENCY: String(CONCURRENCY) });
    const worker = await LoggedProcess.start('dist/worker.js', environment, `${platform.folder}/worker.log`);
    const datasetId = await createDataset(platform.client);
    await datasetSettled(platform.client, datasetId);
    const runs = await pickupOfRuns(platform, datasetId);
    const bare = await barePickup(platform, CONCURRENCY);
    for (const circumstances of ['idle', 'under load']) {
      if (circumstances === 'under load') {
        const settings = { simulation: { seed: 7, epochMs: LOAD.epochMs }, hyperparameters: { epochs: 10_000 } };
        for (let run = 0; run < LOAD.runs; run++) await startedJob(platform.client, datasetId, settings);
      }
      const tails: Record<string, number[]> = { [BARE]: [], [PLATFORM]: [] };
      const samples = await interleave(rounds, {
        [BARE]: times(bare, count, tails[BARE]!),
        [PLATFORM]: times(runs, count, tails[PLATFORM]!),
      });
      const title = `Pickup, ${circumstances}, queue in ${backend}`;
      const table = report.table(`${title}, p50`, 'ms', BARE, samples);
      // The first round is not counted.
      const counted = Object.fromEntries(Object.entries(tails).map(([name, values]) => [name, values.slice(1)]));
      report.table(`${title}, p99`, 'ms', BARE, counted);
      report.target(`start → progress, p50, ${circumstances}, of bare BullMQ on ${backend}`, ratioOf(table, PLATFORM), {
        atMost: 1.5,
      });
    }
    await runs.stop();
    await bare.stop();
    await worker.stop();
    await platform.stop();
  }
});
