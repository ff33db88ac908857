import { setTimeout as wait } from 'node:timers/promises';
import { Queue } from 'bullmq';
import { TRAINING_QUEUE } from '../../src/queue/queues.js';
import type { TestPlatform } from '../../test/support/platform.js';
import { createJob, startJob } from '../../test/support/training.js';
import { processorSeconds } from '../harness/processes.js';
import { serverSeconds } from '../harness/server-processes.js';
import { LoggedProcess } from '../harness/logged-process.js';
import { queueOf } from './backends.js';
import { aFewAtATime } from './in-turns.js';

const LOOK_MS = 100;
const FILLED_AT_ONCE = 16;
/** Jobs take turns with so many models, each of which numbers its versions one after another. */
const MODELS = 50;

/** What draining a queue came to. */
export interface Drained {
  /** From the first completion to the last. */
  jobsASecond: number;
  /** Milliseconds of processor time a job: workers and servers. */
  processorMs: { worker: number; servers: number };
}

async function measured(pids: readonly number[], jobs: number, work: () => Promise<number>): Promise<Drained> {
  const before = [processorSeconds(pids), serverSeconds()];
  const seconds = await work();
  const after = [processorSeconds(pids), serverSeconds()];
  const [worker, server] = after.map((value, index) => ((value - before[index]!) * 1_000) / jobs);
  return { jobsASecond: (jobs - 1) / seconds, processorMs: { worker: worker!, servers: server! } };
}

/** Whole jobs of the platform: filled through its API while the queue is paused, then drained. */
export class Runs {
  private constructor(
    private readonly platform: TestPlatform,
    private readonly worker: LoggedProcess,
    private readonly queue: Queue,
    private readonly datasetId: string,
  ) {}

  static async start(platform: TestPlatform, datasetId: string, concurrency: number): Promise<Runs> {
    const environment = platform.variables({ WORKER_CONCURRENCY: String(concurrency) });
    const worker = await LoggedProcess.start('dist/worker.js', environment, `${platform.folder}/worker.log`);
    const queue = new Queue(TRAINING_QUEUE, queueOf(platform));
    return new Runs(platform, worker, queue, datasetId);
  }

  async drain(jobs: number, epochs: number): Promise<Drained> {
    const { client, database } = this.platform;
    await this.queue.pause();
    const ids = await aFewAtATime(jobs, FILLED_AT_ONCE, async (index) => {
      const settings = { simulation: { seed: index, epochMs: 0 }, hyperparameters: { epochs } };
      const name = `Model ${index % MODELS}`;
      const id = await createJob(client, this.datasetId, { name, ...settings });
      await startJob(client, id);
      return id;
    });
    await eventuallyAdded(this.queue, jobs);
    return measured([this.worker.pid], jobs, async () => {
      await this.queue.resume();
      for (;;) {
        const [left] = await database.rows<{ left: number; seconds: number }>(
          `SELECT count(*) FILTER (WHERE status <> 'completed')::int AS left,
             extract(epoch FROM max(completed_at) - min(completed_at))::float8 AS seconds
           FROM training_jobs WHERE id = ANY($1)`,
          [ids],
        );
        if (left!.left === 0) return left!.seconds;
        await wait(LOOK_MS);
      }
    });
  }

  async stop(): Promise<void> {
    await this.queue.close();
    await this.worker.stop();
  }
}

/** The same of BullMQ alone, whose jobs do nothing. */
export class BareRuns {
  private constructor(
    private readonly worker: LoggedProcess,
    private readonly queue: Queue,
    private readonly jobs: number,
  ) {}

  static async start(platform: TestPlatform, jobs: number, concurrency: number): Promise<BareRuns> {
    const environment = platform.variables({
      WORKER_CONCURRENCY: String(concurrency),
      BARE_QUEUE: 'bare',
      BARE_JOBS: String(jobs),
    });
    const worker = await LoggedProcess.start(
      '.cache/bench/bench/runs/bare-worker.js',
      environment,
      `${platform.folder}/bare.log`,
    );
    return new BareRuns(worker, new Queue('bare', queueOf(platform)), jobs);
  }

  async drain(): Promise<Drained> {
    await this.queue.pause();
    const job = { name: 'bare', data: { id: 'none' }, opts: { removeOnComplete: true, removeOnFail: true } };
    for (let added = 0; added < this.jobs; added += 100) {
      await this.queue.addBulk(Array.from({ length: Math.min(100, this.jobs - added) }, () => job));
    }
    return measured([this.worker.pid], this.jobs, async () => {
      const drained = this.worker.told<{ first: number; last: number }>();
      await this.queue.resume();
      const { first, last } = await drained;
      return (last - first) / 1_000;
    });
  }

  async stop(): Promise<void> {
    await this.queue.close();
    await this.worker.stop();
  }
}

async function eventuallyAdded(queue: Queue, jobs: number): Promise<void> {
  for (;;) {
    const counts = await queue.getJobCounts('waiting', 'prioritized');
    if (Object.values(counts).reduce((a, b) => a + b, 0) >= jobs) return;
    await wait(LOOK_MS);
  }
}
