import type { DataSourceOptions } from 'typeorm';
import { AuthorSubscriber } from './author.subscriber.js';
import { ENTITIES } from './entities.js';
import { ImpatientClient } from './impatient-client.js';
import { MIGRATIONS } from './migrations/index.js';

/** Ends at the server what the client would give up on a moment later (ImpatientClient), so that nothing piles up there. */
const STATEMENT_TIMEOUT_MS = 4_000;

/** A process that stops or vanishes in the middle of a transaction must not keep its rows locked for ever. */
const IDLE_TRANSACTION_TIMEOUT_MS = 10_000;

/** How every process connects. `url` comes from DATABASE_URL; `poolSize` caps the connections of the process. */
export function dataSourceOptions(url: string, poolSize: number) {
  return {
    type: 'postgres',
    url,
    entities: ENTITIES,
    subscribers: [AuthorSubscriber],
    migrations: MIGRATIONS,
    migrationsTableName: 'schema_migrations',
    synchronize: false,
    applicationName: 'ai-training-platform',
    connectTimeoutMS: 5_000,
    extra: {
      max: poolSize,
      keepAlive: true,
      Client: ImpatientClient,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      idle_in_transaction_session_timeout: IDLE_TRANSACTION_TIMEOUT_MS,
    },
  } as const satisfies DataSourceOptions;
}
