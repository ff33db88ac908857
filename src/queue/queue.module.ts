import { BullModule, getQueueToken } from '@nestjs/bullmq';
import { Logger, Module } from '@nestjs/common';
import type { Queue } from 'bullmq';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { ENVIRONMENT, type Environment } from '../config/environment.js';
import { runningQuotas } from '../config/quotas.js';
import { POOL } from '../database/database.module.js';
import { firstConnected, queueConnection } from './backend.js';
import { LINE } from './line.js';
import { Outbox, type OutboxTable } from './outbox.js';
import { type Reserve, reserveAny } from './reserve.js';
import { reserveWithinQuotas } from './reserve-within-quotas.js';
import { DATASET_QUEUE, TRAINING_QUEUE, type DatasetDelivery, type RunDelivery } from './queues.js';

/**
 * Rows keep the history; the queue forgets a delivery as soon as it was handled, so that the reconciler can tell what
 * was lost from what is done.
 */
const DELIVERY_OPTIONS = { removeOnComplete: true, removeOnFail: true, attempts: 1 };

/** DI tokens of the two outboxes. */
export const TRAINING_OUTBOX = Symbol('TRAINING_OUTBOX');
export const DATASET_OUTBOX = Symbol('DATASET_OUTBOX');

const logger = new Logger('Queue');

type Reserving = (pool: Pool, environment: Environment) => Reserve;

const reserveJobs: Reserving = (pool, environment) => {
  const quotas = runningQuotas(environment);
  return quotas ? reserveWithinQuotas(pool, LINE, quotas) : reserveAny(pool, 'training_jobs', LINE);
};

const reserveDatasets: Reserving = (pool) =>
  reserveAny(pool, 'training_datasets', { priority: '0', since: 'row.updated_at' });

function outbox(token: symbol, queueName: string, of: OutboxTable, reserving: Reserving) {
  return {
    provide: token,
    inject: [POOL, getQueueToken(queueName), ENVIRONMENT],
    useFactory: async (pool: Pool, queue: Queue, environment: Environment) => {
      // An emitter that nobody listens to throws; what could not be added stays due.
      queue.on('error', ({ message }) => logger.warn({ msg: 'Queue trouble', queue: queueName, reason: message }));
      await firstConnected(queue, environment);
      return new Outbox(pool, queue, of, reserving(pool, environment));
    },
  };
}

@Module({
  imports: [
    BullModule.forRootAsync({
      // DataSource: a queue built while the database is away would be dead for good.
      inject: [ENVIRONMENT, DataSource],
      useFactory: (environment: Environment) => ({
        connection: queueConnection(environment),
        prefix: environment.REDIS_PREFIX,
        defaultJobOptions: DELIVERY_OPTIONS,
      }),
    }),
    BullModule.registerQueue({ name: TRAINING_QUEUE }, { name: DATASET_QUEUE }),
  ],
  providers: [
    outbox(
      TRAINING_OUTBOX,
      TRAINING_QUEUE,
      { table: 'training_jobs', payload: (jobId, generation): RunDelivery => ({ jobId, generation }) },
      reserveJobs,
    ),
    outbox(
      DATASET_OUTBOX,
      DATASET_QUEUE,
      { table: 'training_datasets', payload: (datasetId, generation): DatasetDelivery => ({ datasetId, generation }) },
      reserveDatasets,
    ),
  ],
  exports: [BullModule, TRAINING_OUTBOX, DATASET_OUTBOX],
})
export class QueueModule {}
