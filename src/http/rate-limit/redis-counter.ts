import { createHash } from 'node:crypto';
import { Redis } from 'ioredis';
import type { Counted, Standing } from './policy.js';
import type { RateCounter } from './rate-counter.js';

/**
 * The same as gcra.ts, for all policies of a request in one round trip and by the clock of Redis, which all processes
 * share. Times in microseconds, whole; a key is gone when it is over. Gives [allowed, remaining, wait] for each.
 */
const SCRIPT = `
  local time = redis.call('TIME')
  local now = time[1] * 1000000 + time[2]
  local answers = {}
  for place, key in ipairs(KEYS) do
    local quota, window = tonumber(ARGV[place * 2 - 1]), tonumber(ARGV[place * 2])
    local interval = math.ceil(window / quota)
    local expected = tonumber(redis.call('GET', key) or now)
    local next = math.max(expected, now) + interval
    local early = next - now - interval * quota
    if early > 0 then
      answers[place] = {0, 0, early}
    else
      redis.call('SET', key, string.format('%.0f', next), 'PX', math.ceil((next - now) / 1000))
      local remaining = math.floor(-early / interval)
      answers[place] = {1, remaining, remaining > 0 and 0 or early + interval}
    end
  end
  return answers`;

/** A request must not wait for a Redis that hangs. */
const PATIENCE_MS = 250;

interface Scripted extends Redis {
  countRequests(keys: number, ...parameters: (string | number)[]): Promise<[number, number, number][]>;
}

/** What people are called, and where they are, is nobody's business in a shared Redis. */
const hashed = (key: string) => createHash('sha256').update(key).digest('base64url');

/** Counts for all processes that share a Redis and a prefix. Rejects while Redis is away. */
export class RedisCounter implements RateCounter {
  private readonly redis: Scripted;

  constructor(
    url: string,
    private readonly prefix: string,
  ) {
    this.redis = new Redis(url, {
      commandTimeout: PATIENCE_MS,
      connectTimeout: 2_000,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      retryStrategy: (tries) => Math.min(100 * tries, 2_000),
      scripts: { countRequests: { lua: SCRIPT } },
    }) as Scripted;
    // Each request learns of it by itself; an event that nobody listens to would end the process.
    this.redis.on('error', () => {});
  }

  async count(requests: readonly Counted[]): Promise<Standing[]> {
    const keys = requests.map(({ policy, key }) => `${this.prefix}:rate:${policy.name}:${hashed(key)}`);
    const bounds = requests.flatMap(({ policy }) => [policy.quota, policy.windowMs * 1_000]);
    const answers = await this.redis.countRequests(keys.length, ...keys, ...bounds);
    return answers.map(([isAllowed, remaining, wait], place) => ({
      policy: requests[place]!.policy,
      isAllowed: isAllowed === 1,
      remaining,
      waitMs: wait / 1_000,
    }));
  }

  close(): void {
    this.redis.disconnect();
  }
}
