import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { readEnvironment } from './config/environment.js';
import { PinoLogger } from './logging/logger.js';
import { createPino } from './logging/pino.js';
import { measureProcess } from './metrics/process.metrics.js';
import { closeOnSignal, dieOf, logLastWords, reportReady } from './process-lifecycle.js';
import { quietNest } from './logging/quiet-nest.js';
import { chooseQueueBackend } from './queue/backend.js';
import { startTracing } from './tracing/start-tracing.js';
import { WorkerModule } from './worker.module.js';

/** A worker, from its settings to its readiness. */
try {
  const environment = readEnvironment();
  const logger = quietNest(new PinoLogger(await createPino('worker', environment.LOG_LEVEL)));
  Logger.overrideLogger(logger);
  const sendLastSpans = await startTracing('worker', environment);
  measureProcess('worker');
  chooseQueueBackend(environment);
  const app = await NestFactory.createApplicationContext(WorkerModule, { logger, abortOnError: false });
  logLastWords();
  closeOnSignal(app, environment.SHUTDOWN_TIMEOUT_MS, { last: sendLastSpans });
  logger.log({ msg: 'Worker ready', concurrency: environment.WORKER_CONCURRENCY }, 'Worker');
  reportReady();
} catch (error) {
  dieOf(error);
}
