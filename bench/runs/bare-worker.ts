import { Worker } from 'bullmq';
import pg from 'pg';
import { DELIVERY_HANDLING } from '../../src/queue/handling.js';
import { connectionTo } from './backends.js';

/**
 * A process with a BullMQ worker and nothing else. With `BARE_TABLE` it inserts one row a job into that table, which is
 * the least that says somewhere that work has begun; without, it does nothing.
 */
const table = process.env.BARE_TABLE;
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
const insert = { name: 'insert', text: `INSERT INTO ${table} (id) VALUES ($1)` };
const work = async (id: string) => {
  if (table) await pool.query({ ...insert, values: [id] });
};

let ended: number[] = [];
const worker = new Worker<{ id: string }>(process.env.BARE_QUEUE!, ({ data }) => work(data.id), {
  ...connectionTo(process.env),
  ...DELIVERY_HANDLING,
  concurrency: Number(process.env.WORKER_CONCURRENCY),
});
worker.on('error', (error) => console.error(error));
worker.on('completed', () => {
  ended.push(performance.timeOrigin + performance.now());
  if (ended.length < Number(process.env.BARE_JOBS)) return;
  process.send!({ type: 'drained', first: ended[0], last: ended.at(-1) });
  ended = [];
});
await worker.waitUntilReady();
void worker.run();
process.on('SIGTERM', () => process.exit());
process.send!({ type: 'ready' });
