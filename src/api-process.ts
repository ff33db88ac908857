import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiModule } from './api.module.js';
import { type Environment, readEnvironment } from './config/environment.js';
import { configureHttp } from './http/configure-http.js';
import { fastifyAdapter } from './http/fastify.js';
import { listen } from './http/listen.js';
import { PinoLogger } from './logging/logger.js';
import { createPino } from './logging/pino.js';
import { measureProcess } from './metrics/process.metrics.js';
import { Readiness } from './modules/health/operations/readiness.js';
import { closeOnSignal, dieOf, logLastWords, reportReady } from './process-lifecycle.js';
import { chooseQueueBackend } from './queue/backend.js';
import { quietNest } from './logging/quiet-nest.js';
import { startTracing } from './tracing/start-tracing.js';

/** The API, from its settings to its readiness. */
async function start(environment: Environment): Promise<void> {
  const logger = quietNest(new PinoLogger(await createPino('api', environment.LOG_LEVEL)));
  Logger.overrideLogger(logger);
  const sendLastSpans = await startTracing('api', environment);
  measureProcess('api');
  chooseQueueBackend(environment);
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule, fastifyAdapter(environment), {
    logger,
    abortOnError: false,
    bodyParser: false,
  });
  await configureHttp(app, environment);
  // The board's packages take 10 MiB: only where there is somebody to see it are they loaded.
  if (environment.OPERATOR_TENANT !== undefined) {
    const { serveQueueBoard } = await import('./queue/board/serve-board.js');
    await serveQueueBoard(app, environment.OPERATOR_TENANT);
  }
  const port = await listen(app, environment);
  logLastWords();
  const begin = () => (app.get(Readiness).isClosing = true);
  const drain = { begin, ms: environment.SHUTDOWN_DRAIN_MS };
  closeOnSignal(app, environment.SHUTDOWN_TIMEOUT_MS, { drain, last: sendLastSpans });
  new Logger('Api').log({ msg: 'API ready', host: environment.HOST, port, swagger: environment.SWAGGER_ENABLED });
  reportReady({ port });
}

try {
  await start(readEnvironment());
} catch (error) {
  dieOf(error);
}
