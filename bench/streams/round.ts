import type { TestPlatform } from '../../test/support/platform.js';
import { createJob, ended, startJob } from '../../test/support/training.js';
import { processorSeconds } from '../harness/processes.js';
import { BareListener } from './bare-listener.js';
import { watch } from './watch.js';

const EPOCH_MS = 200;
const LONGEST_MS = 600_000;

export interface Sizes {
  idle: number;
  busy: number;
  jobs: number;
  epochs: number;
}

export interface Round {
  /** Milliseconds from each epoch to each of its readers, and to the bare listener. */
  delays: number[];
  known: number[];
  eventsASecond: number;
  /** Processor time of the API, as a share of one core. */
  cores: number;
}

/** Jobs that train, each with its readers, until all have ended. */
export async function round(platform: TestPlatform, datasetId: string, sizes: Sizes): Promise<Round> {
  const { client, database } = platform;
  const { busy, epochs } = sizes;
  const run = { hyperparameters: { epochs }, simulation: { epochMs: EPOCH_MS, seed: 7 } };
  const jobs = await Promise.all(Array.from({ length: sizes.jobs }, () => createJob(client, datasetId, run)));
  const delays: number[] = [];
  const jobOf = (reader: number) => jobs[reader % jobs.length]!;
  const streams = await Promise.all(
    Array.from({ length: busy }, (_, reader) => watch(client.origin, jobOf(reader), (delay) => delays.push(delay))),
  );
  const listener = await BareListener.start(database);
  const pids = platform.apis.map(({ pid }) => pid);
  const [begun, worked] = [performance.now(), processorSeconds(pids)];
  for (const jobId of jobs) await startJob(client, jobId);
  for (const jobId of jobs) await ended(client, jobId, LONGEST_MS);
  const seconds = (performance.now() - begun) / 1_000;
  const cores = (processorSeconds(pids) - worked) / seconds;
  await listener.stop();
  for (const stream of streams) stream.destroy();
  if (delays.length !== busy * epochs) throw new Error(`${delays.length} epochs were told of ${busy * epochs}`);
  const known = await listener.delays(database, jobs);
  return { delays, known, eventsASecond: delays.length / seconds, cores };
}
