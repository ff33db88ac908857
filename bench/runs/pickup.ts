import { randomUUID } from 'node:crypto';
import { Queue } from 'bullmq';
import pg from 'pg';
import type { TestPlatform } from '../../test/support/platform.js';
import { createJob, ended, startJob } from '../../test/support/training.js';
import { LoggedProcess } from '../harness/logged-process.js';
import { queueOf } from './backends.js';

const TABLE = 'bare_rows';

/** Looks again and again, as fast as the database answers, until the row is there: the same for both. */
export class Reader {
  private constructor(private readonly client: pg.Client) {}

  static async connect(url: string): Promise<Reader> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    return new Reader(client);
  }

  async sees(table: string, column: string, id: string): Promise<void> {
    const look = { name: table, text: `SELECT FROM ${table} WHERE ${column} = $1 LIMIT 1`, values: [id] };
    while ((await this.client.query(look)).rowCount === 0);
  }

  async end(): Promise<void> {
    await this.client.end();
  }
}

/** What both ways of beginning a piece of work are asked for. */
export interface Pickup {
  /** Milliseconds from asking for it to the first row that says that it has begun. */
  once(): Promise<number>;
  stop(): Promise<void>;
}

/** From the request that starts a job to the row of its first epoch. */
export async function pickupOfRuns(platform: TestPlatform, datasetId: string): Promise<Pickup> {
  const reader = await Reader.connect(platform.database.url);
  const settings = { simulation: { seed: 7, epochMs: 0 }, hyperparameters: { epochs: 1 } };
  return {
    once: async () => {
      const id = await createJob(platform.client, datasetId, settings);
      const from = performance.now();
      const seen = reader.sees('training_progress', 'job_id', id).then(() => performance.now() - from);
      await startJob(platform.client, id);
      const took = await seen;
      // What follows is not to meet the next one.
      await ended(platform.client, id);
      return took;
    },
    stop: () => reader.end(),
  };
}

/** From adding to BullMQ to the row that its worker inserts. */
export async function barePickup(platform: TestPlatform, concurrency: number): Promise<Pickup> {
  await platform.database.pool.query(`CREATE TABLE ${TABLE} (id text PRIMARY KEY)`);
  const reader = await Reader.connect(platform.database.url);
  const environment = platform.variables({
    WORKER_CONCURRENCY: String(concurrency),
    BARE_QUEUE: 'bare',
    BARE_TABLE: TABLE,
  });
  const program = '.cache/bench/bench/runs/bare-worker.js';
  const worker = await LoggedProcess.start(program, environment, `${platform.folder}/bare.log`);
  const queue = new Queue('bare', queueOf(platform));
  return {
    once: async () => {
      const id = randomUUID();
      const from = performance.now();
      const seen = reader.sees(TABLE, 'id', id).then(() => performance.now() - from);
      await queue.add('bare', { id }, { removeOnComplete: true, removeOnFail: true });
      return seen;
    },
    stop: async () => {
      await queue.close();
      await worker.stop();
      await reader.end();
    },
  };
}
