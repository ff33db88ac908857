import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';

/** Where the queue of a suite's platform lives. */
export interface QueueBackend {
  /** What the platform's processes need to find it. */
  environment: Record<string, string>;
  /** Takes away what the queue left behind. */
  remove(): Promise<void>;
}

/** In the platform's own database, or, in the project e2e-redis, in Redis. */
export function queueBackend(): QueueBackend {
  if (process.env.TEST_QUEUE === 'redis') return new RedisQueue(process.env.TEST_REDIS_URL!);
  return { environment: {}, remove: () => Promise.resolve() };
}

/** Under a prefix of its own: the server is every suite's, and may be somebody's. */
export class RedisQueue implements QueueBackend {
  readonly prefix = `test-${randomBytes(6).toString('hex')}`;

  constructor(readonly url: string) {}

  get environment(): Record<string, string> {
    return { REDIS_URL: this.url, REDIS_PREFIX: this.prefix };
  }

  /** Removes every key; says how many there were. */
  async forget(): Promise<number> {
    const redis = new Redis(this.url);
    let removed = 0;
    for await (const keys of redis.scanStream({ match: `${this.prefix}:*`, count: 1_000 })) {
      if ((keys as string[]).length > 0) removed += await redis.unlink(keys as string[]);
    }
    await redis.quit();
    return removed;
  }

  async remove(): Promise<void> {
    await this.forget();
  }
}
