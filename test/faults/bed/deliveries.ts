import { Queue } from 'bullmq';
import type { Environment } from '../../../src/config/environment.js';
import { chooseQueueBackend, queueConnection } from '../../../src/queue/backend.js';
import { deliveryId, TRAINING_QUEUE, type RunDelivery } from '../../../src/queue/queues.js';
import type { Bed } from './bed.js';

/** The training queue, for a piece of work behind the platform's back. */
async function withQueue<T>(bed: Bed, work: (queue: Queue) => Promise<T>): Promise<T> {
  const environment = {
    DATABASE_URL: bed.database.way.url,
    REDIS_URL: bed.redis?.url,
    QUEUE_POOL_SIZE: 1,
  } as Environment;
  chooseQueueBackend(environment);
  const queue = new Queue(TRAINING_QUEUE, { connection: queueConnection(environment), prefix: 'ai-training' });
  queue.on('error', () => {});
  try {
    await queue.waitUntilReady();
    return await work(queue);
  } finally {
    await queue.close();
  }
}

export function deliver(bed: Bed, deliveries: readonly { id: string; delivery: RunDelivery }[]): Promise<unknown> {
  return withQueue(bed, (queue) =>
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
  return withQueue(bed, async (queue) => {
    const delivery = deliveryId(id, generation);
    const job = await queue.getJob(delivery);
    const counts = await queue.getJobCounts();
    return {
      delivery,
      state: await queue.getJobState(delivery),
      job: job?.asJSON(),
      isPaused: await queue.isPaused(),
      counts,
    };
  });
}
