import pg from 'pg';
import { PROGRESS_CHANNEL } from '../../src/queue/queues.js';
import type { TestDatabase } from '../../test/support/database.js';

/** A connection that listens and does nothing else: it is told that there is something, and not what. */
export class BareListener {
  private readonly heard = new Map<string, number[]>();

  private constructor(private readonly client: pg.Client) {
    client.on('notification', ({ payload = '' }) => this.hear(payload.split(','), Date.now()));
  }

  static async start({ url }: TestDatabase): Promise<BareListener> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const listener = new BareListener(client);
    await client.query(`LISTEN ${PROGRESS_CHANNEL}`);
    return listener;
  }

  /** How late it first heard of each epoch of the jobs, in milliseconds. */
  async delays({ rows }: TestDatabase, jobIds: readonly string[]): Promise<number[]> {
    const epochs = await rows<{ job: string; at: number }>(
      `SELECT job_id AS job, floor(extract(epoch FROM timestamp) * 1000)::float8 AS at
       FROM training_progress WHERE job_id = ANY($1)`,
      [jobIds],
    );
    return epochs.map(({ job, at }) => this.heard.get(job)!.find((time) => time >= at)! - at);
  }

  stop(): Promise<void> {
    return this.client.end();
  }

  private hear(jobIds: readonly string[], now: number): void {
    for (const jobId of jobIds) {
      const times = this.heard.get(jobId);
      if (times) times.push(now);
      else this.heard.set(jobId, [now]);
    }
  }
}
