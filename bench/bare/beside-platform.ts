import { TestPlatform } from '../../test/support/platform.js';
import { queueBackend, RedisQueue } from '../../test/support/queue-backend.js';
import { processes } from './subjects.js';

type Kinds = ReturnType<typeof processes>;

/** As an installation starts them: its own timings, and not those that tests are quick with. */
export const AS_INSTALLED = { NODE_ENV: 'production', LEASE_MS: '30000', RECONCILE_INTERVAL_MS: '10000' };

/** Hands on how to start each kind of process on one database, with the queue in PostgreSQL and in Redis. */
export async function besidePlatform(work: (kinds: Kinds) => Promise<void>): Promise<void> {
  const platform = await TestPlatform.start({ apis: 0, workers: 0, queue: queueBackend(), environment: AS_INSTALLED });
  const redis = process.env.TEST_REDIS_URL ? new RedisQueue(process.env.TEST_REDIS_URL) : undefined;
  const variables: Record<string, NodeJS.ProcessEnv> = { PostgreSQL: platform.variables() };
  if (redis) variables.Redis = platform.variables(redis.environment);
  try {
    await work(processes(variables));
  } finally {
    await redis?.remove();
    await platform.stop();
  }
}
