import { TestPlatform } from '../test/support/platform.js';
import { createDataset, createJob } from '../test/support/training.js';
import { type Bench, benchmark } from './harness/benchmark.js';
import { median, quantile } from './harness/median.js';
import { residentMebibytes } from './harness/processes.js';
import { shown } from './harness/report.js';
import { type Round, round, type Sizes } from './streams/round.js';
import { watch } from './streams/watch.js';

const SIZES: Record<'quick' | 'full', Sizes> = {
  quick: { idle: 200, busy: 100, jobs: 10, epochs: 40 },
  full: { idle: 1_000, busy: 200, jobs: 20, epochs: 100 },
};
const QUIET_JOBS = 100;
const LISTEN = 'commit → bare LISTEN';

async function openIdle({ client, apis }: TestPlatform, datasetId: string, idle: number, { report }: Bench) {
  const { pid } = apis[0]!;
  const quiet = await Promise.all(Array.from({ length: QUIET_JOBS }, () => createJob(client, datasetId)));
  const before = residentMebibytes(pid);
  const streams = [];
  for (let index = 0; index < idle; index++) streams.push(await watch(client.origin, quiet[index % QUIET_JOBS]!));
  const after = residentMebibytes(pid);
  const each = shown((1_024 * (after - before)) / idle);
  report.note(
    `resident memory of the API: ${before} MiB, with ${idle} idle streams ${after} MiB: ${each} KiB a stream`,
  );
  return streams;
}

function tell({ report }: Bench, { busy, jobs }: Sizes, rounds: readonly Round[]): void {
  for (const [name, share] of Object.entries({ median: 0.5, '99 %': 0.99 })) {
    report.table(`${busy} readers of ${jobs} jobs, ${name} of the epochs of a round`, 'ms', LISTEN, {
      [LISTEN]: rounds.map(({ known }) => quantile(known, share)),
      'commit → client': rounds.map(({ delays }) => quantile(delays, share)),
    });
  }
  const events = median(rounds.map(({ eventsASecond }) => eventsASecond));
  const cores = median(rounds.map((one) => one.cores));
  report.note(`${shown(events)} events a second, for which the API takes ${Math.round(100 * cores)} % of a core`);
}

/**
 * `npm run bench -- streams`: one API process with streams of jobs on which nothing happens, and of jobs that train. The
 * time from an epoch's commit to each of its readers is held against that to a bare LISTEN connection beside them, in
 * the same round. Both are measured from the time that the statement put into the row, which is a little before its
 * commit.
 */
await benchmark('streams', async (bench) => {
  const sizes = SIZES[bench.full ? 'full' : 'quick'];
  const limits = { STREAMS_PER_USER: '100000', STREAMS_PER_PROCESS: '100000' };
  const platform = await TestPlatform.start({
    environment: {
      ...limits,
      WORKER_CONCURRENCY: String(sizes.jobs),
      LEASE_MS: '30000',
      PROGRESS_TIMEOUT_MS: '600000',
    },
  });
  try {
    const datasetId = await createDataset(platform.client);
    const idle = await openIdle(platform, datasetId, sizes.idle, bench);
    await round(platform, datasetId, sizes);
    const rounds: Round[] = [];
    while (rounds.length < bench.rounds) rounds.push(await round(platform, datasetId, sizes));
    tell(bench, sizes, rounds);
    bench.report.note(`resident memory of the API in the end: ${residentMebibytes(platform.apis[0]!.pid)} MiB`);
    for (const stream of idle) stream.destroy();
  } finally {
    await platform.stop();
  }
});
