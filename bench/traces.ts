import { Collector } from '../test/support/collector.js';
import { TestPlatform } from '../test/support/platform.js';
import { createDataset, createJob, ended, startJob } from '../test/support/training.js';
import { median } from './harness/median.js';
import { withServers } from './harness/with-servers.js';

/**
 * `npm run bench -- traces [requests] [jobs] [epochs] [rounds]`: the same platform with traces off, on with nothing
 * sampled, and on with everything sent to a receiver in this process; in turn, so that what else the machine does meets
 * all three. What the receiver takes is part of the price here; elsewhere it has a machine of its own.
 */
const REQUESTS = Number(process.argv[2] ?? 2_000);
const JOBS = Number(process.argv[3] ?? 8);
const EPOCHS = Number(process.argv[4] ?? 300);
const ROUNDS = Number(process.argv[5] ?? 5);
const AT_ONCE = 16;

async function requestsASecond({ client }: TestPlatform): Promise<number> {
  const from = performance.now();
  const ask = async () => {
    for (let index = 0; index < REQUESTS / AT_ONCE; index += 1) await client.get('/datasets?limit=1');
  };
  await Promise.all(Array.from({ length: AT_ONCE }, ask));
  return (1_000 * REQUESTS) / (performance.now() - from);
}

/** From the first start of an attempt to the last end, by the rows. */
async function epochsASecond({ client, database }: TestPlatform, datasetId: string): Promise<number> {
  const run = { hyperparameters: { epochs: EPOCHS }, simulation: { epochMs: 0, seed: 7 } };
  const jobs = await Promise.all(Array.from({ length: JOBS }, () => createJob(client, datasetId, run)));
  await Promise.all(jobs.map((jobId) => startJob(client, jobId)));
  await Promise.all(jobs.map((jobId) => ended(client, jobId, 300_000)));
  const [row] = await database.rows<{ seconds: number }>(
    `SELECT extract(epoch FROM max(completed_at) - min(started_at))::float8 AS seconds FROM training_jobs WHERE id = ANY($1)`,
    [jobs],
  );
  return (JOBS * EPOCHS) / row!.seconds;
}

await withServers(async () => {
  const collector = await Collector.start();
  const settings: Record<string, Record<string, string>> = {
    off: {},
    'nothing sampled': { ...collector.variables, OTEL_TRACES_SAMPLER: 'parentbased_always_off' },
    on: { ...collector.variables, OTEL_BSP_SCHEDULE_DELAY: '5000' },
  };
  const measured = [];
  for (const [name, environment] of Object.entries(settings)) {
    const platform = await TestPlatform.start({ environment: { LOG_LEVEL: 'warn', ...environment } });
    measured.push({ name, platform, dataset: await createDataset(platform.client), requests: [], epochs: [] } as {
      name: string;
      platform: TestPlatform;
      dataset: string;
      requests: number[];
      epochs: number[];
    });
  }
  // The first round warms them up, and is not counted.
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const { platform, dataset, requests, epochs } of measured) {
      const figures = [await requestsASecond(platform), await epochsASecond(platform, dataset)] as const;
      if (round === 0) continue;
      requests.push(figures[0]);
      epochs.push(figures[1]);
    }
  }
  const [off] = measured;
  const share = (values: number[], of: number[]) => median(values.map((value, round) => value / of[round]!)).toFixed(2);
  for (const { name, requests, epochs } of measured) {
    console.log(
      `${name}: ${Math.round(median(requests))} requests/s (${share(requests, off!.requests)}), ` +
        `${Math.round(median(epochs))} epochs/s (${share(epochs, off!.epochs)})`,
    );
  }
  console.log(`${collector.spans.length} spans were received`);
  await Promise.all(measured.map(({ platform }) => platform.stop()));
  await collector.stop();
});
