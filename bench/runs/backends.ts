import type { ConnectionOptions } from 'bullmq';
import { chooseQueueBackend, queueConnection } from '../../src/queue/backend.js';
import { type Environment, readEnvironment } from '../../src/config/environment.js';
import type { TestPlatform } from '../../test/support/platform.js';
import { type QueueBackend, RedisQueue } from '../../test/support/queue-backend.js';

/** Where a queue may live; Redis where there is one. */
export const BACKENDS = (): Readonly<Record<string, () => QueueBackend>> => ({
  PostgreSQL: () => ({ environment: {}, remove: () => Promise.resolve() }),
  ...(process.env.TEST_REDIS_URL === '' ? {} : { Redis: () => new RedisQueue(process.env.TEST_REDIS_URL!) }),
});

/** Settings as they come out of the box: the tests' own are in a hurry to notice what is lost. */
export const REAL_SETTINGS = {
  NODE_ENV: 'development',
  LEASE_MS: '30000',
  RECONCILE_INTERVAL_MS: '3000',
  RETRY_BACKOFF_MS: '5000',
};

/**
 * How a process of this platform reaches the queue, but with every change of it on disk: as BullMQ comes, with whom
 * nobody else knows of its jobs. Chooses the backend of this process, for what is made next.
 */
export function connectionTo(variables: NodeJS.ProcessEnv) {
  const environment: Environment = readEnvironment(variables);
  chooseQueueBackend(environment);
  return {
    connection: { ...queueConnection(environment), options: undefined } as ConnectionOptions,
    prefix: environment.REDIS_PREFIX,
  };
}

export const queueOf = (platform: TestPlatform) => connectionTo(platform.variables());
