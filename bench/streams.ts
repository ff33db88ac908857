import { readFileSync } from 'node:fs';
import http from 'node:http';
import pg from 'pg';
import { PROGRESS_CHANNEL } from '../src/queue/queues.js';
import { BASE_PATH, testToken } from '../test/support/client.js';
import { TestPlatform } from '../test/support/platform.js';
import { createDataset, createJob, ended, startJob } from '../test/support/training.js';
import { median } from './harness/median.js';
import { withServers } from './harness/with-servers.js';

/**
 * `npm run bench -- streams [idle] [busy] [jobs] [epochs] [rounds]`: one API process with a thousand streams of jobs on which
 * nothing happens and two hundred of jobs that train. The time from an epoch's commit to each of its readers is held
 * against that to a bare LISTEN connection beside them, which is told that there is something and not what. Both are
 * measured from the time that the statement put into the row, which is a little before its commit.
 */
const IDLE = Number(process.argv[2] ?? 1_000);
const BUSY = Number(process.argv[3] ?? 200);
const JOBS = Number(process.argv[4] ?? 20);
const EPOCHS = Number(process.argv[5] ?? 100);
const ROUNDS = Number(process.argv[6] ?? 5);
const EPOCH_MS = 200;

/** Mebibytes. */
function residentMemory(pid: number): number {
  return Math.round(Number(/^VmRSS:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1_024);
}

/** Milliseconds of processor time so far (100 ticks a second). */
function processorTime(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return 10 * (Number(fields[11]) + Number(fields[12]));
}

/** Opens a stream; resolves when its snapshot is there. Hands on how late each epoch came, in milliseconds. */
function watch(origin: string, jobId: string, onEpoch: (delay: number) => void): Promise<http.ClientRequest> {
  return new Promise((resolve, reject) => {
    const path = `${BASE_PATH}/jobs/${jobId}/progress/stream`;
    const headers = { authorization: `Bearer ${testToken()}` };
    const request = http.get(`${origin}${path}`, { headers, agent: false }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`The stream was answered ${response.statusCode}`));
      let text = '';
      response.setEncoding('utf8').on('error', () => {});
      response.on('data', (chunk: string) => {
        const now = Date.now();
        text += chunk;
        const events = text.split('\n\n');
        text = events.pop()!;
        for (const event of events) {
          if (event.includes('event: snapshot')) resolve(request);
          const data = /^event: progress\ndata: (.*)$/m.exec(event);
          if (data) onEpoch(now - Date.parse((JSON.parse(data[1]!) as { timestamp: string }).timestamp));
        }
      });
    });
    request.on('error', reject);
  });
}

/** When a bare listener heard of each job. */
async function listening(url: string): Promise<{ heard: Map<string, number[]>; end: () => Promise<void> }> {
  const client = new pg.Client({ connectionString: url });
  const heard = new Map<string, number[]>();
  client.on('notification', ({ payload = '' }) => {
    for (const jobId of payload.split(',')) heard.set(jobId, [...(heard.get(jobId) ?? []), Date.now()]);
  });
  await client.connect();
  await client.query(`LISTEN ${PROGRESS_CHANNEL}`);
  return { heard, end: () => client.end() };
}

const quantile = (values: readonly number[], q: number) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(q * values.length))]!;

interface Round {
  p50: number;
  p99: number;
  known50: number;
  known99: number;
  epochsASecond: number;
  processor: number;
}

async function round(platform: TestPlatform, datasetId: string): Promise<Round> {
  const { client, database } = platform;
  const run = { hyperparameters: { epochs: EPOCHS }, simulation: { epochMs: EPOCH_MS, seed: 7 } };
  const jobs = await Promise.all(Array.from({ length: JOBS }, () => createJob(client, datasetId, run)));
  const delays: number[] = [];
  const streams = await Promise.all(
    Array.from({ length: BUSY }, (_, index) =>
      watch(client.origin, jobs[index % JOBS]!, (delay) => delays.push(delay)),
    ),
  );
  const { heard, end } = await listening(database.url);
  const { pid } = platform.apis[0]!;
  const [begun, worked] = [performance.now(), processorTime(pid)];
  for (const jobId of jobs) await startJob(client, jobId);
  for (const jobId of jobs) await ended(client, jobId, 600_000);
  const seconds = (performance.now() - begun) / 1_000;
  const processor = (processorTime(pid) - worked) / 10 / seconds;
  await end();
  for (const stream of streams) stream.destroy();
  if (delays.length !== BUSY * EPOCHS) throw new Error(`${delays.length} epochs were told of ${BUSY * EPOCHS}`);
  const rows = await database.rows<{ job: string; at: number }>(
    `SELECT job_id AS job, floor(extract(epoch FROM timestamp) * 1000)::float8 AS at
     FROM training_progress WHERE job_id = ANY($1)`,
    [jobs],
  );
  const known = rows.map(({ job, at }) => heard.get(job)!.find((time) => time >= at)! - at);
  return {
    ...{ p50: quantile(delays, 0.5), p99: quantile(delays, 0.99) },
    ...{ known50: quantile(known, 0.5), known99: quantile(known, 0.99) },
    ...{ epochsASecond: delays.length / seconds, processor },
  };
}

await withServers(async () => {
  const limits = { STREAMS_PER_USER: '100000', STREAMS_PER_PROCESS: '100000' };
  const platform = await TestPlatform.start({
    environment: { ...limits, WORKER_CONCURRENCY: String(JOBS), LEASE_MS: '30000', PROGRESS_TIMEOUT_MS: '600000' },
  });
  try {
    const { client } = platform;
    const { pid } = platform.apis[0]!;
    const datasetId = await createDataset(client);
    const quiet = await Promise.all(Array.from({ length: 100 }, () => createJob(client, datasetId)));
    const before = residentMemory(pid);
    const idle: http.ClientRequest[] = [];
    for (let index = 0; index < IDLE; index++) idle.push(await watch(client.origin, quiet[index % 100]!, () => {}));
    const withIdle = residentMemory(pid);
    console.log(`resident memory of the API: ${before} MiB, with ${IDLE} idle streams ${withIdle} MiB`);
    console.log(`that is ${((1_024 * (withIdle - before)) / IDLE).toFixed(1)} KiB a stream`);
    const rounds: Round[] = [];
    for (let index = 0; index < ROUNDS; index++) rounds.push(await round(platform, datasetId));
    const middle = (pick: (of: Round) => number) => median(rounds.map(pick));
    const figures = (p50: number, p99: number) => `median ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`;
    console.log(
      `${BUSY} busy streams over ${JOBS} jobs, ${ROUNDS} rounds, ${middle((r) => r.epochsASecond).toFixed(0)} events a second`,
    );
    console.log(
      `commit → client       ${figures(
        middle((r) => r.p50),
        middle((r) => r.p99),
      )}`,
    );
    console.log(
      `commit → bare LISTEN  ${figures(
        middle((r) => r.known50),
        middle((r) => r.known99),
      )}`,
    );
    console.log(`processor time of the API: ${middle((r) => r.processor).toFixed(0)} % of a core`);
    console.log(`resident memory of the API with all of them: ${residentMemory(pid)} MiB`);
    for (const stream of idle) stream.destroy();
  } finally {
    await platform.stop();
  }
});
