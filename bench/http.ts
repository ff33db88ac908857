import assert from 'node:assert/strict';
import path from 'node:path';
import { encodeCursor } from '../src/http/page/cursor.js';
import { derivedKeys } from '../src/config/jwt-secret.js';
import { BASE_PATH, Client, TEST_SECRET, testToken } from '../test/support/client.js';
import { TestPlatform } from '../test/support/platform.js';
import { createDataset, createJob } from '../test/support/training.js';
import { benchmark, type Bench } from './harness/benchmark.js';
import { interleave } from './harness/interleave.js';
import { LoggedProcess } from './harness/logged-process.js';
import { median } from './harness/median.js';
import { processorSeconds } from './harness/processes.js';
import { ratioOf } from './harness/report.js';
import { LIMITS } from './http/limits.js';
import { LoadGenerator } from './http/load-generator.js';
import { manyJobs } from './http/jobs.js';

/**
 * `npm run bench -- http`: requests a second of one API process with all that it does by default, and of one bare process
 * (node:http and pg) that answers the same out of the same database.
 */
const CONNECTIONS = 32;
const DEPTH = 100_000;
const ASKED_FOR = 1_000;
const POOL_SIZE = '10';
const WARM_UP_MS = 2_000;
const MEASURED_MS = { quick: 700, full: 5_000 };

const API = 'API';
const BARE = 'node:http + pg';

interface Work {
  title: string;
  /** What each server is asked, and asked again. */
  paths: Record<string, string[]>;
  body?: object;
}

function requestsOf({ paths, body }: Work, server: string): string[] {
  const token = testToken({ roles: ['trainer'] }, 36_000);
  const text = body && JSON.stringify(body);
  return paths[server]!.map((at) =>
    [
      `${text ? 'POST' : 'GET'} ${BASE_PATH}${at} HTTP/1.1`,
      'host: localhost',
      ...(server === API ? [`authorization: Bearer ${token}`] : []),
      ...(text ? ['content-type: application/json', `content-length: ${Buffer.byteLength(text)}`] : []),
      ...['', text ?? ''],
    ].join('\r\n'),
  );
}

/** What both answer; `estimatedFinishAt` is of the moment, and a cursor of who made it. */
async function assertSame(servers: Record<string, LoggedProcess>, { title, paths }: Work): Promise<void> {
  const answers = await Promise.all(
    [API, BARE].map((name) =>
      new Client(`http://127.0.0.1:${servers[name]!.port}`).get<Record<string, unknown>>(paths[name]![0]!),
    ),
  );
  const [api, bare] = answers.map(({ body: { estimatedFinishAt: _finish, nextCursor: _cursor, ...rest } }) => rest);
  assert.deepEqual(api, bare, title);
}

async function measure(
  bench: Bench,
  servers: Record<string, LoggedProcess>,
  load: LoadGenerator,
  work: Work,
): Promise<number> {
  const { rounds, report, full } = bench;
  const costs: Record<string, number[]> = { [API]: [], [BARE]: [] };
  const subject = (name: string) => {
    const requests = requestsOf(work, name);
    const { port, pid } = servers[name]!;
    return async () => {
      const before = processorSeconds([pid]);
      const settings = { port, requests, status: work.body ? 201 : 200, connections: CONNECTIONS };
      const { count, seconds } = await load.run({ ...settings, ms: MEASURED_MS[full ? 'full' : 'quick'] });
      costs[name]!.push((1e6 * (processorSeconds([pid]) - before)) / count);
      return count / seconds;
    };
  };
  // The round that is not counted is too short for what a process compiles as it goes.
  for (const [name, { port }] of Object.entries(servers)) {
    const settings = { port, requests: requestsOf(work, name), status: work.body ? 201 : 200 };
    await load.run({ ...settings, connections: CONNECTIONS, ms: WARM_UP_MS });
  }
  const samples = await interleave(rounds, { [BARE]: subject(BARE), [API]: subject(API) });
  const table = report.table(work.title, 'requests/s', BARE, samples);
  const [api, bare] = [API, BARE].map((name) => median(costs[name]!.slice(1)));
  report.note(
    `processor time of the server: API ${Math.round(api!)} µs a request, bare ${Math.round(bare!)} µs, ratio ${(bare! / api!).toFixed(2)}`,
  );
  return ratioOf(table, API);
}

async function compare(bench: Bench, platform: TestPlatform, servers: Record<string, LoggedProcess>): Promise<void> {
  const { report, full } = bench;
  const client = new Client(`http://127.0.0.1:${servers[API]!.port}`);
  const datasetId = await createDataset(client);
  const first = await createJob(client, datasetId);
  const ids = await manyJobs(platform.database, first, DEPTH + ASKED_FOR);
  const asked = ids.slice(0, ASKED_FOR);
  const both = (paths: string[]) => ({ [API]: paths, [BARE]: paths });
  const deep = ids[ASKED_FOR]!;
  const filters = {};
  const key = derivedKeys({ JWT_SECRET: TEST_SECRET } as never, 'cursor')[0]!;
  const cursor = encodeCursor(key, { list: 'jobs', tenant: 'default', filters }, deep);
  const reads = {
    job: { title: 'GET /jobs/:id', paths: both(asked.map((id) => `/jobs/${id}`)) },
    progress: { title: 'GET /jobs/:id/progress', paths: both(asked.map((id) => `/jobs/${id}/progress`)) },
    page: { title: 'GET /jobs, first page of 50', paths: both(['/jobs']) },
    deepPage: {
      title: `GET /jobs, page of 50 at depth ${DEPTH.toLocaleString('en')}`,
      paths: { [API]: [`/jobs?cursor=${cursor}`], [BARE]: [`/jobs?cursor=${deep}`] },
    },
  };
  // The job that the others are copies of has no alerts of its own in its row.
  await platform.database.rows('DELETE FROM training_jobs WHERE id = $1', [first]);
  for (const work of Object.values(reads)) await assertSame(servers, work);
  const load = await LoadGenerator.start();
  const ratios = { job: 0, progress: 0 };
  for (const name of ['job', 'progress'] as const) ratios[name] = await measure(bench, servers, load, reads[name]);
  const pages = [reads.page, reads.deepPage];
  for (const page of pages) await measure(bench, servers, load, page);
  const subjects = pages.map((page) => {
    const settings = {
      port: servers[API]!.port,
      requests: requestsOf(page, API),
      status: 200,
      connections: CONNECTIONS,
    };
    return async () => {
      const { count, seconds } = await load.run({ ...settings, ms: MEASURED_MS[full ? 'full' : 'quick'] });
      return count / seconds;
    };
  });
  const depth = await interleave(bench.rounds, { 'first page': subjects[0]!, [`at ${DEPTH}`]: subjects[1]! });
  const flat = report.table('GET /jobs by depth', 'requests/s', 'first page', depth);
  const run = { name: 'created', datasetId, modelType: 'neural_network', hyperparameters: { epochs: 100 } };
  await measure(bench, servers, load, { title: 'POST /jobs', paths: both(['/jobs']), body: run });
  await load.stop();
  report.target('GET /jobs/:id, of node:http + pg', ratios.job, { atLeast: 0.65 });
  report.target('GET /jobs/:id/progress, of node:http + pg', ratios.progress, { atLeast: 0.65 });
  report.target('list page at depth 100,000, of the first page', ratioOf(flat, `at ${DEPTH}`), { atLeast: 0.9 });
}

await benchmark('http', async (bench) => {
  const platform = await TestPlatform.start({ apis: 0, workers: 0 });
  const settings = { NODE_ENV: 'production', DATABASE_POOL_SIZE: POOL_SIZE, ...LIMITS };
  const log = (name: string) => path.join(platform.folder, `${name}.log`);
  const env = platform.variables(settings);
  const bare = path.join(import.meta.dirname, 'http', 'bare.js');
  const servers = {
    [API]: await LoggedProcess.start(path.resolve('dist', 'main.js'), env, log('api')),
    [BARE]: await LoggedProcess.start(bare, env, log('bare')),
  };
  try {
    await compare(bench, platform, servers);
  } finally {
    await Promise.all(Object.values(servers).map((server) => server.stop()));
    await platform.stop();
  }
});
