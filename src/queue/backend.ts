import { createPostgresBackend, setDefaultBackendFactory, type ConnectionOptions } from 'bullmq';
import { ImpatientClient } from '../database/impatient-client.js';
import { directDatabaseUrl, type Environment } from '../config/environment.js';

/** The database schema of BullMQ's tables. */
export const BULLMQ_SCHEMA = 'bullmq';

/**
 * Chooses the queue's backend for the whole process; called before any module is built, because Nest's BullModule
 * cannot hand a backend on.
 */
export function chooseQueueBackend(environment: Environment): void {
  if (environment.REDIS_URL) setDefaultBackendFactory();
  else setDefaultBackendFactory(createPostgresBackend);
}

/**
 * Waits for the first connection of a queue or worker. In PostgreSQL one whose first connection fails is dead for good,
 * and as a worker busy with failing: better not to start. Redis comes back.
 */
export async function firstConnected(
  client: { waitUntilReady(): Promise<unknown> },
  { REDIS_URL }: Environment,
): Promise<void> {
  if (!REDIS_URL) await client.waitUntilReady();
}

/** Longest pause between two tries to reach Redis, milliseconds: BullMQ's own grows to 20 s, which jobs would wait. */
const LONGEST_RECONNECT_MS = 2_000;

const REDIS_PATIENCE = {
  retryStrategy: (tries: number) => Math.min(100 * tries, LONGEST_RECONNECT_MS),
  // A connection that drops packets looks alive until TCP gives up. Workers wait up to 10 s for a delivery.
  socketTimeout: 15_000,
};

/**
 * Rows keep what is to be done, and are durable; a delivery that is lost with the server is found missing and added again,
 * one that comes back is acknowledged without effect. So nobody waits until the queue's changes are on disk.
 */
const NOT_THE_ONLY_COPY = '-c synchronous_commit=off';

/** Where the queue lives: Redis when REDIS_URL is set, or else the platform's own database. */
export function queueConnection(environment: Environment): ConnectionOptions {
  if (environment.REDIS_URL) return { url: environment.REDIS_URL, ...REDIS_PATIENCE };
  const postgres = {
    connectionString: directDatabaseUrl(environment),
    schema: BULLMQ_SCHEMA,
    max: environment.QUEUE_POOL_SIZE,
    keepAlive: true,
    options: NOT_THE_ONLY_COPY,
    // Without it a connect that nobody answers is waited for for ever, and the worker takes nothing more.
    connectionTimeoutMillis: 5_000,
    Client: ImpatientClient,
  };
  // BullModule types its connection for Redis alone; the backend chosen above is the one that reads it.
  return postgres;
}
