import { spawnSync } from 'node:child_process';

/** Whether the suites may count on a Redis. With CI=true they do: that it is missing then fails the set-up. */
export function redisIsThere() {
  const { CI, REDIS_URL } = process.env;
  return CI === 'true' || Boolean(REDIS_URL) || spawnSync('redis-server', ['--version']).status === 0;
}
