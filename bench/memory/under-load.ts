import { setTimeout as wait } from 'node:timers/promises';
import { BASE_PATH, testToken } from '../../test/support/client.js';
import { TestPlatform } from '../../test/support/platform.js';
import { createDataset, createJob, datasetSettled, ended, startedJob } from '../../test/support/training.js';
import { AS_INSTALLED } from '../bare/beside-platform.js';
import { interleave, type Subject } from '../harness/interleave.js';
import { residentMebibytes } from '../harness/processes.js';
import type { Report } from '../harness/report.js';
import { LIMITS } from '../http/limits.js';
import { LoadGenerator } from '../http/load-generator.js';

const CONNECTIONS = 32;
const ASKED_MS = 3_000;
const RUNS = 20;
const SETTINGS = { hyperparameters: { epochs: 30 }, simulation: { epochMs: 50 } };
const LOOK_MS = 50;

/** The most that is resident while the work is done. */
async function mostDuring(pid: number, work: Promise<unknown>): Promise<number> {
  let most = 0;
  const over = work.then(() => true);
  do most = Math.max(most, residentMebibytes(pid));
  while (!(await Promise.race([over, wait(LOOK_MS, false)])));
  return most;
}

async function ofApi(platform: TestPlatform, load: LoadGenerator): Promise<number> {
  const { client, apis } = platform;
  const jobId = await createJob(client, await createDataset(client));
  const head = ['host: localhost', `authorization: Bearer ${testToken({}, 3_600)}`, '', ''];
  const request = [`GET ${BASE_PATH}/jobs/${jobId} HTTP/1.1`, ...head].join('\r\n');
  const port = Number(new URL(client.origin).port);
  const asking = load.run({ port, requests: [request], status: 200, connections: CONNECTIONS, ms: ASKED_MS });
  return mostDuring(apis[0]!.pid, asking);
}

async function ofWorker({ client, workers }: TestPlatform): Promise<number> {
  const datasetId = await createDataset(client);
  await datasetSettled(client, datasetId);
  const trained = async () => {
    const jobs = await Promise.all(Array.from({ length: RUNS }, () => startedJob(client, datasetId, SETTINGS)));
    await Promise.all(jobs.map((id) => ended(client, id)));
  };
  return mostDuring(workers[0]!.pid, trained());
}

/** The most that processes take while they are busy, new ones each round. */
export async function tellUnderLoad(report: Report, rounds: number): Promise<void> {
  const load = await LoadGenerator.start();
  const environment = { ...AS_INSTALLED, ...LIMITS, WORKER_CONCURRENCY: String(RUNS) };
  const subject =
    (workers: number, measure: (platform: TestPlatform) => Promise<number>): Subject =>
    async () => {
      const platform = await TestPlatform.start({ workers, environment });
      try {
        return await measure(platform);
      } finally {
        await platform.stop();
      }
    };
  const names = { api: `API, asked over ${CONNECTIONS} connections`, worker: `worker, training ${RUNS} jobs` };
  const samples = await interleave(rounds, {
    [names.api]: subject(0, (platform) => ofApi(platform, load)),
    [names.worker]: subject(1, ofWorker),
  });
  // Neither is held against the other.
  for (const [name, values] of Object.entries(samples)) {
    report.table(`The most that is resident: ${name}`, 'MiB', name, { [name]: values });
  }
  await load.stop();
}
