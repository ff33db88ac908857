import { Queue } from 'bullmq';
import type { Environment } from '../../../src/config/environment.js';
import { chooseQueueBackend, queueConnection } from '../../../src/queue/backend.js';
import { DATASET_QUEUE, deliveryId, TRAINING_QUEUE, type RunDelivery } from '../../../src/queue/queues.js';
import type { Bed } from './bed.js';

/** A queue, for a piece of work behind the platform's back. */
async function withQueue<T>(bed: Bed, name: string, work: (queue: Queue) => Promise<T>): Promise<T> {
  const environment = {
    DATABASE_URL: bed.database.way.url,
    REDIS_URL: bed.redis?.url,
    QUEUE_POOL_SIZE: 1,
  } as Environment;
  chooseQueueBackend(environment);
  const queue = new Queue(name, { connection: queueConnection(environment), prefix: 'ai-training' });
  queue.on('error', () => {});
  try {
    await queue.waitUntilReady();
    return await work(queue);
  } finally {
    await queue.close();
  }
}

export function deliver(bed: Bed, deliveries: readonly { id: string; delivery: RunDelivery }[]): Promise<unknown> {
  return withQueue(bed, TRAINING_QUEUE, (queue) =>
    queue.addBulk(
      deliveries.map(({ id, delivery }) => ({
        name: 'training_jobs',
        data: delivery,
        opts: { jobId: id, removeOnComplete: true, removeOnFail: true },
      })),
    ),
  );
}

/** What the queue thinks of a delivery, for whoever wonders why nobody takes it. */
export function queueState(bed: Bed, { id, generation }: { id: string; generation: number }): Promise<object> {
  const name = id.startsWith('dataset_') ? DATASET_QUEUE : TRAINING_QUEUE;
  return withQueue(bed, name, async (queue) => {
    const delivery = deliveryId(id, generation);
    const { processedOn, processedBy, stalledCounter, attemptsStarted } = (await queue.getJob(delivery)) ?? {};
    const lock = bed.redis
      ? await bed.redis.client.pttl(`ai-training:${name}:${delivery}:lock`)
      : await lockOf(bed, delivery);
    const handling = { processedOn, processedBy, stalledCounter, attemptsStarted, lockMs: lock };
    return { delivery, state: await queue.getJobState(delivery), ...handling, counts: await queue.getJobCounts() };
  });
}

/** Milliseconds that the lock of a delivery still lasts, by a clock that is right. */
async function lockOf({ database }: Bed, delivery: string): Promise<number | undefined> {
  const sql =
    'SELECT locked_until_ms - extract(epoch FROM clock_timestamp()) * 1000 AS ms FROM bullmq.job WHERE id = $1';
  const [row] = await database.rows<{ ms: string | null }>(sql, [delivery]);
  return row?.ms ? Math.round(Number(row.ms)) : undefined;
}
