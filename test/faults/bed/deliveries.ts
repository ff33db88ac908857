import { Queue } from 'bullmq';
import type { Environment } from '../../../src/config/environment.js';
import { chooseQueueBackend, queueConnection } from '../../../src/queue/backend.js';
import { TRAINING_QUEUE, type RunDelivery } from '../../../src/queue/queues.js';
import type { Bed } from './bed.js';

/** Puts deliveries into the training queue behind the platform's back. */
export async function deliver(bed: Bed, deliveries: readonly { id: string; delivery: RunDelivery }[]): Promise<void> {
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
    await queue.addBulk(
      deliveries.map(({ id, delivery }) => ({
        name: 'training_jobs',
        data: delivery,
        opts: { jobId: id, removeOnComplete: true, removeOnFail: true },
      })),
    );
  } finally {
    await queue.close();
  }
}
