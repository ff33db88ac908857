import { Global, Logger, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { ENVIRONMENT, type Environment } from '../config/environment.js';
import { assertSchema } from './assert-schema.js';
import { dataSourceOptions } from './connection.js';
import { DatabaseNotConfiguredError } from './database.errors.js';
import { measurePool } from './pool.metrics.js';
import { Transactions } from './transactions.js';
import { waitForDatabase } from './wait-for-database.js';

/** DI token of the connection pool below TypeORM, for protocol SQL that uses named statements. */
export const POOL = Symbol('POOL');

async function connectionOptions(environment: Environment) {
  const url = environment.DATABASE_URL;
  if (!url) throw new DatabaseNotConfiguredError();
  const logger = new Logger('Database');
  await waitForDatabase(url, (reason) => logger.warn(`Waiting for the database (${reason})`));
  await assertSchema(url);
  return { ...dataSourceOptions(url, environment.DATABASE_POOL_SIZE), retryAttempts: 0 };
}

/** Connects once the server is there and its schema is current; refuses to start otherwise. */
@Global()
@Module({
  imports: [TypeOrmModule.forRootAsync({ inject: [ENVIRONMENT], useFactory: connectionOptions })],
  providers: [
    Transactions,
    {
      provide: POOL,
      inject: [DataSource],
      // TypeORM keeps its pg pool there; sharing it keeps the number of connections of a process in one setting.
      useFactory: (source: DataSource): Pool => {
        const { master } = source.driver as unknown as { master: Pool };
        measurePool(master);
        return master;
      },
    },
  ],
  exports: [POOL, Transactions],
})
export class DatabaseModule {}
