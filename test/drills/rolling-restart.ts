import { setTimeout as pause } from 'node:timers/promises';
import { withServers } from '../../bench/harness/with-servers.js';
import { Client } from '../support/client.js';
import { eventually } from '../support/eventually.js';
import { TestPlatform } from '../support/platform.js';
import type { PlatformProcess } from '../support/process.js';
import { createDataset, ended } from '../support/training.js';
import { PlainProxy } from './plain-proxy.js';

/**
 * `npm run drill:restart`: two APIs and four workers behind a plain proxy, each restarted in turn while jobs are made,
 * started, read and trained. No request may fail, no job, no epoch be lost or trained twice, and no worker be taken for
 * lost.
 */
const EPOCHS = 200;
const EPOCH_MS = 50;
const CLIENTS = 6;
/** Longer than the proxy's checks are apart. */
const DRAIN_MS = 1_000;

const statuses = new Map<number, number>();
const stop = new AbortController();
const jobs: string[] = [];

async function counted<T extends { status: number }>(asked: Promise<T>): Promise<T> {
  const answer = await asked;
  statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
  return answer;
}

/** Makes, starts and reads jobs, one after the other, until it is told to stop. */
async function load(client: Client, datasetId: string): Promise<void> {
  while (!stop.signal.aborted) {
    const body = {
      ...{ name: 'Restarted', modelType: 'cnn', datasetId, modelId: 'restarted' },
      hyperparameters: { epochs: EPOCHS },
      simulation: { epochMs: EPOCH_MS },
    };
    const { status, body: job } = await counted(client.post<{ id: string }>('/jobs', body));
    if (status !== 201) continue;
    jobs.push(job.id);
    await counted(client.post(`/jobs/${job.id}/start`));
    for (let looks = 0; looks < 40 && !stop.signal.aborted; looks += 1) {
      await counted(client.get(`/jobs/${job.id}/progress`));
      await pause(25);
    }
  }
}

async function drill(): Promise<boolean> {
  const platform = await TestPlatform.start({
    ...{ apis: 0, workers: 4 },
    environment: { SHUTDOWN_DRAIN_MS: String(DRAIN_MS), RATE_LIMIT_PER_USER: '0' },
  });
  const proxy = new PlainProxy();
  await proxy.open();
  const apis: { process: PlatformProcess; origin: string }[] = [];
  const addApi = async (PORT = '0') => {
    const { origin } = await platform.addApi({ PORT });
    apis.push({ process: platform.apis.at(-1)!, origin });
    await proxy.add(origin);
    await eventually(() => proxy.isReady(origin), 'the proxy sees that the API is ready');
  };
  try {
    await addApi();
    await addApi();
    const client = new Client(proxy.origin);
    const datasetId = await createDataset(client, { type: 'computer_vision' });
    const clients = Array.from({ length: CLIENTS }, () => load(new Client(proxy.origin), datasetId));
    await pause(2_000);
    for (const { process, origin } of [...apis]) {
      await process.stop();
      await addApi(new URL(origin).port);
      console.log(`${origin} was restarted`);
    }
    for (const worker of [...platform.workers]) {
      await worker.stop();
      await platform.addWorker();
      console.log(`worker ${worker.pid} was restarted`);
    }
    stop.abort();
    await Promise.all(clients);
    for (const id of jobs) await ended(client, id, 180_000);
    return await verdict(platform, proxy);
  } finally {
    proxy.close();
    await platform.stop();
  }
}

async function verdict(platform: TestPlatform, proxy: PlainProxy): Promise<boolean> {
  const rows = <T extends object>(sql: string) => platform.database.rows<T & Record<string, unknown>>(sql);
  const [{ lost, repeated, unfinished, attempts, declared }] = (await rows<Record<string, number>>(`
    SELECT
      (SELECT count(*)::int FROM training_jobs WHERE status <> 'completed') AS unfinished,
      (SELECT coalesce(sum(attempt), 0)::int FROM training_jobs) AS attempts,
      (
        SELECT coalesce(sum(${EPOCHS} - epochs), 0)::int FROM (
          SELECT count(progress.current_epoch) AS epochs
          FROM training_jobs AS job LEFT JOIN training_progress AS progress ON progress.job_id = job.id GROUP BY job.id
        ) AS counted
      ) AS lost,
      (
        SELECT count(*)::int FROM (
          SELECT FROM training_progress GROUP BY job_id, current_epoch HAVING count(*) > 1
        ) AS twice
      ) AS repeated,
      (SELECT count(*)::int FROM job_events WHERE reason = 'worker_lost') AS declared`)) as [Record<string, number>];
  const all = [...statuses.values()].reduce((sum, count) => sum + count, 0);
  const failed = [...statuses].filter(([status]) => status >= 400);
  console.log(`${all} requests: ${JSON.stringify(Object.fromEntries(statuses))}; failed ${JSON.stringify(failed)}`);
  console.log(`broken on the way: ${proxy.broken.length} ${proxy.broken.slice(0, 5).join('; ')}`);
  console.log(
    `${jobs.length} jobs in ${attempts} attempts; unfinished ${unfinished}, epochs lost ${lost}, repeated ${repeated}, declared lost ${declared}`,
  );
  const wrong = [failed.length, proxy.broken.length, unfinished, lost, repeated, declared];
  return wrong.every((count) => count === 0);
}

await withServers(async () => {
  process.exitCode = (await drill()) ? 0 : 1;
});
